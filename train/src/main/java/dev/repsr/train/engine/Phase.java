package dev.repsr.train.engine;

/** Where the batch normalisation of a run stands; a run only ever moves forward. */
public enum Phase {
    /** Each batch is normalised with its own statistics; running statistics follow. */
    BATCH("batch"),

    /** Weights stand still while population statistics are estimated from batch after batch. */
    ESTIMATING("estimating"),

    /** Population statistics, fixed; gamma and beta train on. */
    FROZEN("frozen");

    private final String label;

    Phase(String label) {
        this.label = label;
    }

    /** Name in logs, events and checkpoints. */
    public String label() {
        return label;
    }

    /**
     * The phase of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Phase of(String label) {
        for (Phase phase : values()) {
            if (phase.label.equals(label)) {
                return phase;
            }
        }
        throw new IllegalArgumentException("unknown phase " + label);
    }

    /**
     * This phase, if a run in {@code current} may enter it.
     *
     * @throws IllegalStateException if that would be a step back
     */
    public Phase after(Phase current) {
        if (compareTo(current) < 0) {
            throw new IllegalStateException(
                    "batch normalisation is " + current.label + " and cannot be " + label + " again");
        }
        return this;
    }
}
