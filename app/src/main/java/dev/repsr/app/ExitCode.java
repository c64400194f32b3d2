package dev.repsr.app;

/** What the program tells the shell. */
public final class ExitCode {
    /** All done. */
    public static final int OK = 0;

    /** Could not write, or a failure of our own. */
    public static final int FAILED = 1;

    /** Wrong usage. */
    public static final int USAGE = 2;

    /** Some input was refused or missing. */
    public static final int REFUSED = 3;

    /** A check of our own failed; nothing was written under the final name. */
    public static final int CHECK = 4;

    /** Stopped by SIGINT or SIGTERM. */
    public static final int STOPPED = 130;

    private ExitCode() {}
}
