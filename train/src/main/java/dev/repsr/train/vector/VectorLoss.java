package dev.repsr.train.vector;

import dev.repsr.train.engine.Colours;
import dev.repsr.train.step.LossKernels;
import dev.repsr.train.step.MapShape;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The end of a step, row by row. */
final class VectorLoss implements LossKernels {
    /** Floats from pixel to pixel of a row of luma: whole vectors of places, of which there are at most 16. */
    static final int LUMA_STRIDE = 16;

    static final int ABSOLUTE = 0;
    static final int SQUARED = 1;
    private static final int CHARBONNIER = 2;

    private final MapShape shape;
    private final Map<Kind, RowLoss> kinds = new EnumMap<>(Kind.class);

    VectorLoss(Width width, MapShape shape, int scale) {
        this.shape = shape;
        for (Kind kind : Kind.values()) {
            kinds.put(
                    kind,
                    Templates.make(
                            RowLoss.class,
                            RowLossTemplate.class,
                            width.lanes(),
                            shape.stride(),
                            scale * scale,
                            number(kind)));
        }
    }

    /** A kind as a constant of a template. */
    private static int number(Kind kind) {
        return switch (kind) {
            case ABSOLUTE -> ABSOLUTE;
            case SQUARED -> SQUARED;
            case CHARBONNIER -> CHARBONNIER;
        };
    }

    private RowLoss row(Kind kind) {
        return Objects.requireNonNull(kinds.get(kind));
    }

    @Override
    public int scratchSize() {
        return shape.side() * LUMA_STRIDE + shape.row() + LUMA_STRIDE;
    }

    @Override
    public double[] squares(Colours colours, float[] output, float[] target, float[] scratch) {
        RowLoss row = row(Kind.SQUARED);
        int pixels = shape.side();
        int errors = pixels * LUMA_STRIDE;
        int length = pixels * shape.stride();
        double[] sums = new double[2];
        for (int y = 0; y < pixels; y++) {
            System.arraycopy(output, shape.at(y, 0), scratch, errors, length);
            row.errors(scratch, errors, target, shape.at(y, 0), length);
            row.luma(scratch, errors, pixels, scratch);
            sums[1] += row.squares(scratch, 0, pixels * LUMA_STRIDE);
            if (colours == Colours.DIFFERENCES) {
                row.takeLuma(scratch, scratch, errors, pixels);
            }
            sums[0] += row.squares(scratch, errors, length);
        }
        return sums;
    }

    @Override
    public double gradient(
            Kind kind,
            Colours colours,
            float factor,
            float lumaFactor,
            float[] output,
            float[] target,
            float[] scratch) {
        RowLoss row = row(kind);
        int pixels = shape.side();
        int length = pixels * shape.stride();
        boolean differences = colours == Colours.DIFFERENCES;
        boolean luma = differences || lumaFactor != 0;
        double sum = 0;
        for (int y = 0; y < pixels; y++) {
            int at = shape.at(y, 0);
            sum += row.errors(output, at, target, at, length);
            if (luma) {
                row.luma(output, at, pixels, scratch);
            }
            if (differences) {
                row.takeLuma(scratch, output, at, pixels);
            }
            row.derive(output, at, length, factor);
            if (luma) {
                row.derive(scratch, 0, pixels * LUMA_STRIDE, lumaFactor);
            }
            if (differences) {
                row.takeColours(output, at, pixels, scratch);
            }
            if (luma) {
                row.addLuma(scratch, output, at, pixels);
            }
        }
        return sum;
    }
}
