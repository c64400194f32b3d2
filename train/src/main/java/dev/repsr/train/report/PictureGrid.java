package dev.repsr.train.report;

import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Pictures beside and below each other on white. */
public final class PictureGrid {
    private static final int GAP = 4;
    private static final byte WHITE = (byte) 255;

    private PictureGrid() {}

    /**
     * One picture of them all.
     *
     * @param rows RGB pictures of 8 bits, of any size; at least one
     */
    public static Picture of(List<List<Picture>> rows) {
        int width = 0;
        int height = -GAP;
        for (List<Picture> row : rows) {
            width = Math.max(width, row.stream().mapToInt(p -> p.width() + GAP).sum() - GAP);
            height += GAP + height(row);
        }
        byte[] samples = new byte[3 * width * height];
        Arrays.fill(samples, WHITE);
        int top = 0;
        for (List<Picture> row : rows) {
            int left = 0;
            for (Picture picture : row) {
                draw(picture, samples, (top * width + left) * 3, width * 3);
                left += picture.width() + GAP;
            }
            top += height(row) + GAP;
        }
        return Picture.of(new PictureFormat(width, height, 3, 8), samples);
    }

    private static int height(List<Picture> row) {
        return row.stream().mapToInt(Picture::height).max().orElseThrow();
    }

    private static void draw(Picture picture, byte[] samples, int offset, int stride) {
        double[] row = new double[picture.width() * 3];
        for (int y = 0; y < picture.height(); y++) {
            picture.copySamples(y, row);
            for (int i = 0; i < row.length; i++) {
                samples[offset + y * stride + i] = (byte) (int) row[i];
            }
        }
    }

    /** The bytes of a PNG file. */
    public static byte[] png(Picture picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter.write(picture.rows(), ImageType.PNG, EncodeOptions.defaults(), bytes);
        return bytes.toByteArray();
    }
}
