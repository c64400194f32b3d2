package dev.repsr.bench;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.nio.FloatBuffer;

/** Three planes, as ONNX Runtime gives a picture, as rows of interleaved RGB. */
final class PlanarRows implements PictureRows {
    private final FloatBuffer planes;
    private final PictureFormat format;
    private final float[] plane;
    private int next;

    /** @param planes [3][height][width] */
    PlanarRows(FloatBuffer planes, PictureFormat format) {
        this.planes = planes;
        this.format = format;
        this.plane = new float[format.width()];
    }

    @Override
    public PictureFormat format() {
        return format;
    }

    @Override
    public void readRow(float[] row) {
        for (int c = 0; c < 3; c++) {
            planes.get((c * format.height() + next) * format.width(), plane);
            for (int x = 0; x < plane.length; x++) {
                row[3 * x + c] = plane[x];
            }
        }
        next++;
    }

    @Override
    public void close() {}
}
