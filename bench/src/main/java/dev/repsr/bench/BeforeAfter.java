package dev.repsr.bench;

import dev.repsr.Models;
import dev.repsr.engine.Engines;
import dev.repsr.engine.EnlargedRows;
import dev.repsr.format.Model;
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
    private static final long MEMORY = 1L << 28;

    private BeforeAfter() {}

    /** Writes the picture. */
    public static void main(String[] args) throws IOException {
        Model model = Models.open(args[0]);
        int scale = model.network().scale();
        Picture original = ImageReader.read(Path.of(args[1]), ImageLimits.defaults())
                .picture()
                .toRgb8();
        Picture hr = original.crop(0, 0, original.width() / scale * scale, original.height() / scale * scale);
        Picture lr = Bicubic.reduce(hr, scale);
        Picture sheet = beside(List.of(Bicubic.enlarge(lr, scale), enlarged(model, lr), hr));
        AtomicFile.write(
                Path.of(args[2]), out -> ImageWriter.write(sheet.rows(), ImageType.PNG, EncodeOptions.defaults(), out));
    }

    private static Picture enlarged(Model model, Picture lr) throws IOException {
        var network = Engines.choose("auto").prepare(model.network());
        try (EnlargedRows rows = new EnlargedRows(network, lr.rows(), 1, MEMORY)) {
            return Picture.read(rows);
        }
    }

    /** Equally large pictures from left to right with a white gap between them. */
    private static Picture beside(List<Picture> pictures) {
        int width = pictures.getFirst().width();
        int height = pictures.getFirst().height();
        int whole = pictures.size() * (width + GAP) - GAP;
        byte[] samples = new byte[whole * height * 3];
        Arrays.fill(samples, (byte) 255);
        for (int k = 0; k < pictures.size(); k++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    for (int c = 0; c < 3; c++) {
                        int to = (y * whole + k * (width + GAP) + x) * 3 + c;
                        samples[to] = (byte) pictures.get(k).sample(x, y, c);
                    }
                }
            }
        }
        return Picture.of(new PictureFormat(whole, height, 3, 8), samples);
    }
}
