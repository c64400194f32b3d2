package dev.repsr.planted;

/** Ends the process. */
final class Exits {
    private Exits() {}

    static void exit() {
        System.exit(1);
    }
}
