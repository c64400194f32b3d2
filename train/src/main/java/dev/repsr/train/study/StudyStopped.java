package dev.repsr.train.study;

/** A study was asked to stop; what is finished is kept, and it goes on from there. */
public final class StudyStopped extends Exception {
    private static final long serialVersionUID = 1L;

    /** Has nothing more to say. */
    public StudyStopped() {
        super("stopped");
    }
}
