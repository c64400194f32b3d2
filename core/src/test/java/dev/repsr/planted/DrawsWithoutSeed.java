package dev.repsr.planted;

import java.util.Random;

/** Draws a number that nobody can draw again. */
final class DrawsWithoutSeed {
    private DrawsWithoutSeed() {}

    static int draw() {
        return new Random().nextInt();
    }
}
