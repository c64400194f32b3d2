package dev.repsr.train.degrade;

/** The Bessel function of the first kind and first order. */
final class Bessel {
    private static final int INTERVALS = 64;

    private Bessel() {}

    /**
     * J1 by the trapezoidal rule on its integral, 1/pi * integral of cos(t - x sin t) over 0..pi, which for a periodic function
     * gains digits with every point (Abramowitz and Stegun, 9.1.21).
     *
     * @param x up to 40: more than a filter of 21 pixels asks for
     */
    static double j1(double x) {
        double sum = 0;
        for (int i = 0; i < INTERVALS; i++) {
            double t = StrictMath.PI * (i + 0.5) / INTERVALS;
            sum += StrictMath.cos(t - x * StrictMath.sin(t));
        }
        return sum / INTERVALS;
    }
}
