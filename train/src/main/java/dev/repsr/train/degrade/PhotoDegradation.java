package dev.repsr.train.degrade;

import dev.repsr.train.config.TrainConfig.Photo;

/**
 * Makes a low-resolution picture as photographs come to be: blurred, resized, noisy, compressed, perhaps twice. Order and
 * probabilities are those of Real-ESRGAN (X. Wang, L. Xie, C. Dong, Y. Shan, 2021, section 3 and its published settings);
 * strengths come from the configuration. A pure function of picture, scale and seed.
 *
 * @param photo strengths
 */
public record PhotoDegradation(Photo photo) {
    private static final int HIGHEST_QUALITY = 95;
    private static final double RINGING_BLUR = 0.1;
    private static final double SECOND_BLUR = 0.8;
    private static final double GAUSSIAN_NOISE = 0.5;
    private static final double GREY_NOISE = 0.4;

    /** Strengths of one round. */
    private record Round(double blur, double noise, double poisson, double shrink, double enlarge, double... resize) {}

    /**
     * The picture reduced by {@code scale}, rounded to 8 bits.
     *
     * @param hr sides are multiples of the scale; left as it is
     */
    public Planes apply(Planes hr, int scale, long seed) {
        Draws draws = new Draws(seed);
        int width = hr.width() / scale;
        int height = hr.height() / scale;
        if (happens(photo.sound(), draws)) {
            return Resample.SMOOTH.to(hr, width, height).copy().round();
        }
        Planes picture = blur(hr, photo.blur(), draws);
        Round first =
                new Round(photo.blur(), photo.noise(), photo.poisson(), photo.shrink(), photo.enlarge(), 0.2, 0.7, 0.1);
        picture = resizeAndNoise(picture, hr.width(), hr.height(), first, draws);
        if (photo.order() == 2) {
            picture = jpeg(picture, draws);
            Round second = second();
            if (draws.happens(SECOND_BLUR)) {
                picture = blur(picture, second.blur, draws);
            }
            picture = resizeAndNoise(picture, width, height, second, draws);
        }
        return finish(picture, width, height, draws);
    }

    /** Milder, and around the final size instead of the original one. */
    private Round second() {
        return new Round(
                Math.max(0.2, photo.blur() / 2),
                photo.noise() * 5 / 6,
                photo.poisson() * 5 / 6,
                Math.min(1, photo.shrink() * 2),
                Math.max(1, photo.enlarge() * 4 / 5),
                0.3,
                0.4,
                0.3);
    }

    /** JPEG before or after the last resizing: a pixel grid that JPEG's blocks fit, or one that they do not. */
    private Planes finish(Planes picture, int width, int height, Draws draws) {
        boolean jpegLast = draws.happens(0.5);
        Planes result = jpegLast ? picture : jpeg(picture, draws);
        result = mode(draws).to(result, width, height);
        if (draws.happens(photo.ringing())) {
            result = BlurKernel.sinc(side(draws), draws.between(Math.PI / 3, Math.PI))
                    .apply(result);
        }
        Planes last = jpegLast ? jpeg(result, draws) : result;
        // Where all was spared and the size stays it is still the caller's picture.
        return last.copy().round();
    }

    /** Draws nothing where it never happens, so that patches of settings without it stay as they were. */
    private static boolean happens(double probability, Draws draws) {
        return probability > 0 && draws.happens(probability);
    }

    private boolean spared(Draws draws) {
        return happens(photo.spared(), draws);
    }

    private Planes jpeg(Planes picture, Draws draws) {
        if (spared(draws)) {
            return picture;
        }
        int quality = (int) Math.round(draws.between(photo.quality(), HIGHEST_QUALITY));
        return new Jpeg(quality).apply(picture);
    }

    private static int side(Draws draws) {
        return 7 + 2 * draws.below(8);
    }

    private Planes blur(Planes picture, double largest, Draws draws) {
        if (spared(draws)) {
            return picture;
        }
        int side = side(draws);
        if (draws.happens(RINGING_BLUR)) {
            double lowest = side < 13 ? Math.PI / 3 : Math.PI / 5;
            return BlurKernel.sinc(side, draws.between(lowest, Math.PI)).apply(picture);
        }
        int shape = draws.choice(0.45, 0.25, 0.12, 0.03, 0.12, 0.03);
        double sigmaX = draws.between(0.2, largest);
        boolean round = shape % 2 == 0;
        double sigmaY = round ? sigmaX : draws.between(0.2, largest);
        double angle = round ? 0 : draws.between(-Math.PI, Math.PI);
        BlurKernel kernel = switch (shape / 2) {
            case 0 -> BlurKernel.gaussian(side, sigmaX, sigmaY, angle);
            case 1 -> BlurKernel.generalised(side, sigmaX, sigmaY, angle, beta(0.5, 4, draws));
            default -> BlurKernel.plateau(side, sigmaX, sigmaY, angle, beta(1, 2, draws));
        };
        return kernel.apply(picture);
    }

    /** As often below 1 as above. */
    private static double beta(double lowest, double highest, Draws draws) {
        return draws.happens(0.5) ? draws.between(lowest, 1) : draws.between(1, highest);
    }

    private Planes resizeAndNoise(Planes picture, int width, int height, Round round, Draws draws) {
        Planes resized = resize(picture, width, height, round, draws);
        if (spared(draws)) {
            return resized;
        }
        // The same array where the size stays; noise must not reach the caller's picture.
        Planes noisy = resized.copy();
        boolean grey = draws.happens(GREY_NOISE);
        if (draws.happens(GAUSSIAN_NOISE)) {
            double least = Math.min(1, round.noise);
            Noise.gaussian(noisy, draws.between(least, round.noise), grey, draws);
        } else {
            double least = Math.min(0.05, round.poisson);
            Noise.shot(noisy, draws.between(least, round.poisson), grey, draws);
        }
        return noisy.clamp();
    }

    private Planes resize(Planes picture, int width, int height, Round round, Draws draws) {
        if (spared(draws)) {
            return Resample.SMOOTH.to(picture, width, height);
        }
        double factor = switch (draws.choice(round.resize)) {
            case 0 -> draws.between(1, round.enlarge);
            case 1 -> draws.between(round.shrink, 1);
            default -> 1;
        };
        int newWidth = Math.max(1, (int) Math.round(width * factor));
        int newHeight = Math.max(1, (int) Math.round(height * factor));
        return mode(draws).to(picture, newWidth, newHeight);
    }

    private Resample mode(Draws draws) {
        if (spared(draws)) {
            return Resample.SMOOTH;
        }
        return switch (draws.below(3)) {
            case 0 -> Resample.AREA;
            case 1 -> Resample.BILINEAR;
            default -> Resample.BICUBIC;
        };
    }
}
