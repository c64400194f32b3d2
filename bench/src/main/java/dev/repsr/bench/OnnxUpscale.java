package dev.repsr.bench;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.repsr.format.OnnxFile;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Enlarges one picture with ONNX Runtime, and with this project's own decoder and encoder: the other side of the
 * comparison of whole processes. All processors compute.
 */
final class OnnxUpscale {
    private OnnxUpscale() {}

    /** Arguments: model file of the picture's size, RGB picture to read, PNG to write. */
    public static void main(String[] arguments) throws IOException, OrtException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("arguments: MODEL.onnx INPUT OUTPUT.png");
        }
        Path model = Path.of(arguments[0]);
        Picture picture =
                ImageReader.read(Path.of(arguments[1]), ImageLimits.defaults()).picture();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
            try (OrtSession session = environment.createSession(model.toString(), options)) {
                PlanarRows enlarged = enlarged(environment, session, picture);
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[2])))) {
                    ImageWriter.write(enlarged, ImageType.PNG, EncodeOptions.defaults(), out);
                }
            }
        }
    }

    /** The result lies in a buffer of our own, so that it is never copied. */
    private static PlanarRows enlarged(OrtEnvironment environment, OrtSession session, Picture picture)
            throws IOException, OrtException {
        NodeInfo node = Objects.requireNonNull(session.getOutputInfo().get(OnnxFile.OUTPUT));
        long[] sides = ((TensorInfo) node.getInfo()).getShape();
        PictureFormat format = new PictureFormat((int) sides[3], (int) sides[2], 3, 8);
        FloatBuffer planes = planes(format);
        try (OnnxTensor input = tensor(environment, picture);
                OnnxTensor output = OnnxTensor.createTensor(environment, planes, sides)) {
            session.run(Map.of(OnnxFile.INPUT, input), Map.of(OnnxFile.OUTPUT, output))
                    .close();
        }
        return new PlanarRows(planes, format);
    }

    private static OnnxTensor tensor(OrtEnvironment environment, Picture picture) throws IOException, OrtException {
        PictureFormat format = picture.format();
        FloatBuffer planes = planes(format);
        try (PictureRows rows = picture.rows()) {
            float[] row = new float[3 * format.width()];
            float[] plane = new float[format.width()];
            for (int y = 0; y < format.height(); y++) {
                rows.readRow(row);
                for (int c = 0; c < 3; c++) {
                    for (int x = 0; x < plane.length; x++) {
                        plane[x] = row[3 * x + c];
                    }
                    planes.put((c * format.height() + y) * format.width(), plane);
                }
            }
        }
        return OnnxTensor.createTensor(environment, planes, new long[] {1, 3, format.height(), format.width()});
    }

    /** Room for the three planes of an RGB picture. */
    private static FloatBuffer planes(PictureFormat format) {
        if (format.channels() != 3) {
            throw new IllegalArgumentException("a picture of " + format.channels() + " channels where RGB is expected");
        }
        return ByteBuffer.allocateDirect(3 * format.width() * format.height() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
