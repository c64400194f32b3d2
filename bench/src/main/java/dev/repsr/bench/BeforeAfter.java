package dev.repsr.bench;

import dev.repsr.image.Bicubic;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the picture of the README: a photograph is reduced, then enlarged again by bicubic interpolation and by a network, and
 * both stand beside the original. Arguments: model, original, output.
 */
public final class BeforeAfter {
    private static final int GAP = 6;

    private BeforeAfter() {}

    /** Writes the picture. */
    public static void main(String[] args) throws IOException {
        Judged network = Judged.network(args[0]);
        int scale = network.scale();
        Picture original = ImageReader.read(Path.of(args[1]), ImageLimits.defaults())
                .picture()
                .toRgb8();
        Picture hr = original.crop(0, 0, original.width() / scale * scale, original.height() / scale * scale);
        Picture lr = Bicubic.reduce(hr, scale);
        Picture sheet = grid(
                List.of(List.of(Bicubic.enlarge(lr, scale), network.enlarger().enlarge(lr), hr)));
        write(sheet, Path.of(args[2]));
    }

    static void write(Picture sheet, Path png) throws IOException {
        AtomicFile.write(png, out -> ImageWriter.write(sheet.rows(), ImageType.PNG, EncodeOptions.defaults(), out));
    }

    /** Equally large pictures in rows of the same length, with white gaps between them. */
    static Picture grid(List<List<Picture>> rows) {
        Picture first = rows.getFirst().getFirst();
        int across = first.width() + GAP;
        int down = first.height() + GAP;
        int width = rows.getFirst().size() * across - GAP;
        int height = rows.size() * down - GAP;
        byte[] samples = new byte[width * height * 3];
        Arrays.fill(samples, (byte) 255);
        for (int row = 0; row < rows.size(); row++) {
            for (int k = 0; k < rows.get(row).size(); k++) {
                place(rows.get(row).get(k), samples, (row * down * width + k * across) * 3, width);
            }
        }
        return Picture.of(new PictureFormat(width, height, 3, 8), samples);
    }

    private static void place(Picture picture, byte[] samples, int offset, int width) {
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    samples[offset + (y * width + x) * 3 + c] = (byte) picture.sample(x, y, c);
                }
            }
        }
    }
}
