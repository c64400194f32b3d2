package dev.repsr.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.repsr.format.OnnxFile;
import dev.repsr.network.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** ONNX Runtime on the CPU with all optimisations. */
final class OnnxRuntime implements Peer {
    private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final OnnxTensor input;

    /** @param picture interleaved RGB */
    OnnxRuntime(Network network, float[] picture, int width, int threads) throws IOException {
        int height = picture.length / 3 / width;
        FloatBuffer planes = ByteBuffer.allocateDirect(picture.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        planes.put(Planes.ofInterleaved(picture)).flip();
        try {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(threads);
            session = environment.createSession(OnnxFile.bytes(network, width, height), options);
            input = OnnxTensor.createTensor(environment, planes, new long[] {1, 3, height, width});
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    @Override
    public String name() {
        return "ONNX Runtime";
    }

    @Override
    public String version() {
        return environment.getVersion();
    }

    @Override
    public void run() throws IOException {
        try {
            session.run(Map.of(OnnxFile.INPUT, input)).close();
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    @Override
    public float[] result() throws IOException {
        try (OrtSession.Result result = session.run(Map.of(OnnxFile.INPUT, input))) {
            FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] planes = new float[buffer.remaining()];
            buffer.get(planes);
            return Planes.toInterleaved(planes);
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            input.close();
            session.close();
            options.close();
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    private static IOException failure(OrtException e) {
        return new IOException("ONNX Runtime: " + e.getMessage(), e);
    }
}
