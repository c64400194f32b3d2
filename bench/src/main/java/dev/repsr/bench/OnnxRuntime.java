package dev.repsr.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.repsr.network.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** ONNX Runtime in float32 on the CPU, all optimisations, for one network, picture and number of threads. */
final class OnnxRuntime implements AutoCloseable {
    private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    private final OrtSession session;
    private final OnnxTensor input;

    /** @param picture interleaved RGB */
    OnnxRuntime(Network network, float[] picture, int width, int threads) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        int pixels = picture.length / 3;
        int height = pixels / width;
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setIntraOpNumThreads(threads);
        session = environment.createSession(OnnxNetwork.bytes(network, width, height), options);
        FloatBuffer planes = ByteBuffer.allocateDirect(picture.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < picture.length; i++) {
            planes.put(i % 3 * pixels + i / 3, picture[i]);
        }
        input = OnnxTensor.createTensor(environment, planes, new long[] {1, 3, height, width});
    }

    /** Runs the network; the result stays where ONNX Runtime keeps it. */
    void run() throws OrtException {
        session.run(Map.of(OnnxNetwork.INPUT, input)).close();
    }

    /** Runs the network and gives its result, interleaved RGB. */
    float[] result() throws OrtException {
        try (OrtSession.Result result = session.run(Map.of(OnnxNetwork.INPUT, input))) {
            FloatBuffer planes = ((OnnxTensor) result.get(0)).getFloatBuffer();
            int pixels = planes.remaining() / 3;
            float[] picture = new float[3 * pixels];
            for (int i = 0; i < picture.length; i++) {
                picture[i] = planes.get(i % 3 * pixels + i / 3);
            }
            return picture;
        }
    }

    @Override
    public void close() throws OrtException {
        input.close();
        session.close();
        options.close();
    }
}
