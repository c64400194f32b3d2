package dev.repsr.app;

/** What the program tells the shell. */
final class ExitCode {
    /** All done. */
    static final int OK = 0;

    /** Could not write, or a failure of our own. */
    static final int FAILED = 1;

    /** Wrong usage. */
    static final int USAGE = 2;

    /** Some input was refused or missing. */
    static final int REFUSED = 3;

    /** A check of our own failed; nothing was written under the final name. */
    static final int CHECK = 4;

    /** Stopped by SIGINT or SIGTERM. */
    static final int STOPPED = 130;

    private ExitCode() {}
}
