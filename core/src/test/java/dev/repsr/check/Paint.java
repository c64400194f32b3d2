package dev.repsr.check;

import java.util.SplittableRandom;

/** What a place on a {@link Canvas} is painted with. */
@FunctionalInterface
interface Paint {
    Ink at(double x, double y);

    static Paint flat(Ink ink) {
        return (x, y) -> ink;
    }

    /** From one to the other as {@code across * x + down * y + start} goes from 0 to 1. */
    static Paint ramp(Ink from, Ink to, double across, double down, double start) {
        return (x, y) -> from.to(to, across * x + down * y + start);
    }

    /** Leaves of all sizes over one another, each shaded and rough, as photographs have their edges and their detail. */
    static void scene(Canvas canvas, SplittableRandom random) {
        canvas.fill(ramp(Ink.random(random), Ink.random(random), 0, 1.0 / canvas.height(), 0));
        for (int i = 0; i < 60; i++) {
            double radius = 2 / Math.sqrt(random.nextDouble(0.002, 1));
            double x = random.nextDouble(canvas.width());
            double y = random.nextDouble(canvas.height());
            Ink ink = Ink.random(random).to(Ink.of(110, 110, 100), 0.4);
            double rough = random.nextDouble(0, 25);
            double[] f = random.doubles(4, 0.1, 1.2).toArray();
            double light = random.nextDouble(0, 3);
            canvas.disc(
                    x,
                    y,
                    radius,
                    (px, py) -> ink.plus(light * (px - x + py - y)
                            + rough * Math.sin(f[0] * px + f[1] * py) * Math.sin(f[2] * px - f[3] * py)));
        }
    }
}
