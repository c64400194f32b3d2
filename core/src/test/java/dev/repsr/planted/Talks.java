package dev.repsr.planted;

/** Prints. */
final class Talks {
    private Talks() {}

    static void talk() {
        System.out.println("here");
    }
}
