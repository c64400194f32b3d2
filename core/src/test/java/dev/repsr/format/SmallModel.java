package dev.repsr.format;

import dev.repsr.engine.Networks;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A network of 155 weights, so that its files are mostly structure. */
final class SmallModel {
    static final Model MODEL = new Model("small", Networks.random(1, 2, 1, 5), Map.of(ModelFile.LICENCE, "CC0-1.0"));

    private SmallModel() {}

    /** Its files; of ncnn the text, then the numbers. */
    static List<byte[]> files(ModelFormat format, Precision precision) throws IOException {
        return ModelFile.bytes(MODEL, format, precision);
    }

    /** Its files in float32. */
    static List<byte[]> files(ModelFormat format) throws IOException {
        return files(format, Precision.FLOAT32);
    }
}
