package dev.repsr.train.doctor;

import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.data.Batch;
import dev.repsr.train.data.BatchLoader;
import dev.repsr.train.data.PatchShape;
import dev.repsr.train.data.TrainingSet;
import dev.repsr.train.data.TrainingSetOptions;
import dev.repsr.train.report.PictureGrid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the network will be shown: patches as the run draws them, the small one enlarged without smoothing beside the large. */
public final class PreviewSheet {
    private static final int PAIRS = 16;
    private static final int COLUMNS = 4;

    private PreviewSheet() {}

    /** The sheet, from at most sixteen of the pictures. */
    public static Picture of(TrainConfig config) throws IOException, InterruptedException {
        TrainingSetOptions options = TrainingSetOptions.of(config).atMost(PAIRS);
        PatchShape run = PatchShape.of(config);
        PatchShape shape = new PatchShape(run.scale(), run.patch(), PAIRS, run.augment(), run.permuteColours());
        try (TrainingSet pictures = TrainingSet.load(options, warning -> {});
                BatchLoader loader = new BatchLoader(pictures, shape, config.seed(), 0)) {
            Batch batch = loader.next();
            int side = run.patch() * run.scale();
            List<List<Picture>> rows = new ArrayList<>();
            for (int n = 0; n < PAIRS; n++) {
                if (n % COLUMNS == 0) {
                    rows.add(new ArrayList<>());
                }
                rows.getLast().add(picture(batch.lr(), n, run.patch(), run.scale()));
                rows.getLast().add(picture(batch.hr(), n, side, 1));
            }
            return PictureGrid.of(rows);
        }
    }

    /** Patch {@code n}, each pixel {@code times} as wide and high. */
    private static Picture picture(float[] batch, int n, int side, int times) {
        int large = side * times;
        byte[] samples = new byte[3 * large * large];
        for (int i = 0; i < samples.length; i++) {
            int x = i / 3 % large / times;
            int y = i / 3 / large / times;
            samples[i] = (byte) Math.round(batch[((n * 3 + i % 3) * side + y) * side + x] * 255);
        }
        return Picture.of(new PictureFormat(large, large, 3, 8), samples);
    }
}
