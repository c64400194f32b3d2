package dev.repsr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.repsr.Models;
import dev.repsr.engine.Engines;
import dev.repsr.format.Model;
import dev.repsr.format.OnnxFile;
import dev.repsr.format.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The ONNX files of the built-in networks in ONNX Runtime: any number of pictures of any size. */
class OnnxFilesRunTest {
    /** Sums of some 150 products in another order. */
    private static final double TOLERANCE = 1e-5;

    /** Weights and pictures are rounded to eleven bits. */
    private static final double HALF_TOLERANCE = 5e-3;

    private static final int WIDTH = 37;
    private static final int HEIGHT = 23;
    private static final int PICTURES = 2;

    @Test
    void everyBuiltInNetworkGivesOurEnginesResult() throws IOException, OrtException {
        for (Models.BuiltIn builtIn : Models.list()) {
            Model model = Models.open(builtIn.name());
            for (int picture = 0; picture < PICTURES; picture++) {
                float[] input = RandomNetworks.picture(WIDTH, HEIGHT, picture);
                float[] ours = new OurEngine(Engines.choose("scalar"), model.network(), input, WIDTH, 1).result();

                float[] theirs = run(
                        OnnxFile.bytes(model, Precision.FLOAT32),
                        input,
                        model.network().scale());

                assertThat(theirs).hasSameSizeAs(ours);
                assertThat(EngineComparison.difference(ours, theirs))
                        .as(builtIn.name())
                        .isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    @Test
    void halvesRunToo() throws IOException, OrtException {
        Model model = Models.open("repsr-m4c16-x2");
        float[] input = RandomNetworks.picture(WIDTH, HEIGHT, 1);
        float[] ours = new OurEngine(Engines.choose("scalar"), model.network(), input, WIDTH, 1).result();

        float[] theirs = run(OnnxFile.bytes(model, Precision.FLOAT16), input, 2);

        assertThat(EngineComparison.difference(ours, theirs)).isLessThanOrEqualTo(HALF_TOLERANCE);
    }

    /** The second of a batch of two pictures, of which the first is black; interleaved RGB. */
    private static float[] run(byte[] file, float[] picture, int scale) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        float[] planes = Planes.ofInterleaved(picture);
        FloatBuffer batch = FloatBuffer.allocate(PICTURES * planes.length).put(planes.length, planes);
        long[] sides = {PICTURES, 3, HEIGHT, WIDTH};
        try (OrtSession session = environment.createSession(file);
                OnnxTensor input = tensor(environment, session, batch, sides);
                OrtSession.Result result = session.run(Map.of(OnnxFile.INPUT, input))) {
            OnnxTensor output = (OnnxTensor) result.get(OnnxFile.OUTPUT).orElseThrow();
            assertThat(output.getInfo().getShape())
                    .containsExactly(PICTURES, 3, (long) HEIGHT * scale, (long) WIDTH * scale);
            FloatBuffer values = output.getFloatBuffer();
            float[] all = new float[values.remaining()];
            values.get(all);
            return Planes.toInterleaved(Arrays.copyOfRange(all, all.length / 2, all.length));
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, OrtSession session, FloatBuffer batch, long[] sides)
            throws OrtException {
        TensorInfo info =
                (TensorInfo) Objects.requireNonNull(session.getInputInfo().get(OnnxFile.INPUT))
                        .getInfo();
        if (info.type == OnnxJavaType.FLOAT) {
            return OnnxTensor.createTensor(environment, batch, sides);
        }
        ByteBuffer halves = ByteBuffer.allocateDirect(2 * batch.capacity()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < batch.capacity(); i++) {
            halves.putShort(Float.floatToFloat16(batch.get(i)));
        }
        return OnnxTensor.createTensor(environment, halves.flip(), sides, OnnxJavaType.FLOAT16);
    }
}
