package dev.repsr.check;

import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.Optional;

/**
 * Shows once of a network that it enlarges, by a known photograph: the engine gives what the specification gives, and the result
 * agrees with the photograph in levels, in colours and in the order of the pixels inside each block.
 */
public final class ModelProof {
    /** Of the largest value or of 1, whatever is more: orders of additions change that much, and a wrong order of weights far more. */
    private static final double ROUNDING = 1e-3;

    /** The piece that the specification computes too: enough columns and rows for every inner loop of the engines. */
    private static final int COLUMNS = 112;

    private static final int ROWS = 8;

    private final String model;
    private final Picture photograph;
    private final int scale;

    /**
     * A proof to be made.
     *
     * @param model what messages call it
     * @param photograph rich in slopes, and at least 112 pixels wide and 8 high
     * @param scale whole enlargement of each side
     */
    public ModelProof(String model, Picture photograph, int scale) {
        this.model = model;
        this.photograph = photograph;
        this.scale = scale;
    }

    /**
     * Compares the network with the photograph, and its engine with the specification.
     *
     * @return how much cells of other pictures may differ, by what those of the photograph do
     * @throws OutputDisagrees if they do not agree
     */
    public CellLimit by(Enlargement engine, Enlargement specification) throws IOException {
        Picture piece = photograph.crop((photograph.width() - COLUMNS) / 2, 0, COLUMNS, ROWS);
        requireSame(rows(piece, engine), rows(piece, specification));
        return agreement(rows(photograph, engine));
    }

    private static float[][] rows(Picture picture, Enlargement enlargement) throws IOException {
        try (PictureRows rows = enlargement.of(picture.rows())) {
            PictureFormat format = rows.format();
            float[][] all = new float[format.height()][format.width() * format.channels()];
            for (float[] row : all) {
                rows.readRow(row);
            }
            return all;
        }
    }

    private void requireSame(float[][] engine, float[][] specification) throws OutputDisagrees {
        double most = 1;
        double worst = 0;
        for (int y = 0; y < engine.length; y++) {
            for (int i = 0; i < engine[y].length; i++) {
                most = Math.max(most, Math.abs(specification[y][i]));
                worst = Math.max(worst, Math.abs(engine[y][i] - specification[y][i]));
            }
        }
        if (!(most <= Float.MAX_VALUE)) {
            throw OutputDisagrees.ofModel(model, "it has values that are no numbers");
        }
        if (!(worst <= ROUNDING * most)) {
            throw OutputDisagrees.ofModel(model, "the engine computes something else than the specification");
        }
    }

    private CellLimit agreement(float[][] enlarged) throws OutputDisagrees {
        PictureFormat format = photograph.format();
        BlockMeans means = new BlockMeans(format.width(), format.channels(), scale);
        BlockRises rises = new BlockRises(means, format.width(), format.channels(), scale);
        Comparison comparison = new Comparison(format, scale);
        double[] worst = new double[1];
        Cells cells = new Cells(
                format,
                (x, y, difference, steps) -> worst[0] = Math.max(worst[0], CellLimit.beyondSteps(difference, steps)));
        for (int y = 0; y < format.height(); y++) {
            for (int row = y * scale; row < (y + 1) * scale; row++) {
                means.add(enlarged[row]);
                rises.add(enlarged[row]);
            }
            if (!means.isFinite()) {
                throw OutputDisagrees.ofModel(model, "it has values that are no numbers");
            }
            float[] above = row(y - 1);
            float[] here = row(y);
            comparison.addLevels(here, means.mean);
            if (scale > 1) {
                comparison.addDetail(above, here, row(y + 1), rises);
            }
            cells.add(above, here, means.mean);
        }
        Optional<String> fault = comparison.fault();
        if (fault.isPresent()) {
            throw OutputDisagrees.ofModel(model, fault.get());
        }
        return CellLimit.measured(worst[0]);
    }

    /** A row of the photograph, or the nearest one that it has. */
    private float[] row(int y) {
        float[] row = new float[photograph.width() * photograph.format().channels()];
        photograph.copyRow(Math.clamp(y, 0, photograph.height() - 1), row, 0);
        return row;
    }
}
