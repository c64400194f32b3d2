package dev.repsr.app;

import dev.repsr.TargetSize;
import dev.repsr.UpscalePlan;
import dev.repsr.Upscaler;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How long it takes to enlarge pictures of one kind, by a trial of a few seconds. Strips as wide as the picture are enlarged by the
 * engine that the picture will get until they get no faster; what a high and a low one differ by is what the rows take. What the
 * first rounds took more is the time in which a program that has just started loads and compiles.
 *
 * @param startSeconds that the first picture takes more
 * @param pictureSeconds that every picture takes, whatever its size
 * @param pixelSeconds that each pixel of the input takes
 */
record UpscaleTrial(double startSeconds, double pictureSeconds, double pixelSeconds) {
    private static final int LOW = 24;
    /** Of the high strip: enough to outweigh what a strip takes whatever its height, and few enough for several rounds. */
    private static final int MOST_PIXELS = 200_000;

    private static final int WIDEST = MOST_PIXELS / (3 * LOW);
    private static final long LONGEST_NANOS = 4_000_000_000L;
    private static final int ROUNDS = 4;
    /** A round below this share of the quickest shows that the program is still getting faster. */
    private static final double FASTER = 0.97;

    /** A round above this share of the quickest was one in which something was compiled. */
    private static final double COLD = 1.25;

    private static final double NANOS = 1e9;

    /** Enlarges pictures like the planned one, to nowhere. */
    static UpscaleTrial of(Upscaler upscaler, UpscalePlan plan, ImageType output) throws IOException {
        PictureFormat input = plan.input();
        PictureFormat high = input.resized(
                Math.min(input.width(), WIDEST),
                Math.clamp(MOST_PIXELS / Math.min(input.width(), WIDEST), 1, input.height()));
        double factor = (double) plan.output().width() / input.width();
        // By the width, since more than eight times is a target too.
        Upscaler same =
                upscaler.with(upscaler.options().withEngine(plan.engine()).withTarget(new TargetSize.Width((int)
                        Math.max(1, Math.round(factor * high.width())))));
        PictureFormat low = high.resized(high.width(), Math.min(LOW, high.height()));
        List<Long> warming = rounds(same, high, output);
        long quickest = warming.stream().mapToLong(Long::longValue).min().orElseThrow();
        long cold = warming.stream()
                .filter(nanos -> nanos > COLD * quickest)
                .mapToLong(nanos -> nanos - quickest)
                .sum();
        long quickestLow = rounds(same, low, output).stream()
                .mapToLong(Long::longValue)
                .min()
                .orElseThrow();
        double pixel = high.height() == low.height() || quickestLow >= quickest
                ? quickest / pixels(high)
                : (quickest - quickestLow) / (pixels(high) - pixels(low));
        double picture = Math.max(0, quickest - pixel * pixels(high));
        return new UpscaleTrial(cold / NANOS, picture / NANOS, pixel / NANOS);
    }

    private static double pixels(PictureFormat format) {
        return (double) format.width() * format.height();
    }

    /** Seconds for a picture of this size, once the program is warm. */
    double seconds(PictureFormat input) {
        return pictureSeconds + pixelSeconds * pixels(input);
    }

    /** Nanoseconds of the rounds until they get no shorter. */
    private static List<Long> rounds(Upscaler upscaler, PictureFormat format, ImageType output) throws IOException {
        byte[] file = file(format);
        List<Long> rounds = new ArrayList<>();
        long quickest = Long.MAX_VALUE;
        int unchanged = 0;
        long begin = System.nanoTime();
        while (unchanged < ROUNDS && (rounds.isEmpty() || System.nanoTime() - begin < LONGEST_NANOS)) {
            long start = System.nanoTime();
            upscaler.upscale(new ByteArrayInputStream(file)).to(OutputStream.nullOutputStream(), output);
            long nanos = System.nanoTime() - start;
            unchanged = nanos < FASTER * quickest ? 0 : unchanged + 1;
            quickest = Math.min(quickest, nanos);
            rounds.add(nanos);
        }
        return rounds;
    }

    /** Waves and a little noise, about as hard to compress as a photograph. */
    private static byte[] file(PictureFormat format) throws IOException {
        Random random = new Random(7);
        int stride = format.width() * format.channels();
        PictureRows rows = new PictureRows() {
            private int y;

            @Override
            public PictureFormat format() {
                return format;
            }

            @Override
            public void readRow(float[] row) {
                for (int i = 0; i < stride; i++) {
                    double x = (double) i / format.channels();
                    double wave = 0.2 * Math.sin(x / 31 + y / 47.0) + 0.08 * Math.sin(x / 5 - y / 7.0);
                    row[i] = (float) (0.5 + wave + 0.02 * (random.nextFloat() - 0.5));
                }
                y++;
            }

            @Override
            public void close() {
                y = format.height();
            }
        };
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter.write(rows, ImageType.PNG, EncodeOptions.defaults(), file);
        return file.toByteArray();
    }
}
