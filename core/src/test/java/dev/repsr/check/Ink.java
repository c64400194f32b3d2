package dev.repsr.check;

import java.util.SplittableRandom;

/** A colour on a {@link Canvas}, in levels that may lie beyond 0 to 255 until it is kept. */
record Ink(double red, double green, double blue) {
    static final Ink BLACK = of(0, 0, 0);
    static final Ink WHITE = of(255, 255, 255);

    static Ink of(double red, double green, double blue) {
        return new Ink(red, green, blue);
    }

    static Ink random(SplittableRandom random) {
        return of(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    /** Full or nothing of two colours. */
    static Ink vivid(SplittableRandom random) {
        return of(random.nextInt(2) * 255, random.nextInt(256), random.nextInt(2) * 255);
    }

    /** Between this and another. */
    Ink to(Ink other, double share) {
        double part = Math.clamp(share, 0, 1);
        return of(
                red + part * (other.red - red),
                green + part * (other.green - green),
                blue + part * (other.blue - blue));
    }

    Ink plus(double toAll) {
        return plus(toAll, toAll, toAll);
    }

    Ink plus(double toRed, double toGreen, double toBlue) {
        return of(red + toRed, green + toGreen, blue + toBlue);
    }
}
