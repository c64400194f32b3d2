package dev.repsr.train.torch;

/** Where the batch normalisation of a run stands; a run only ever moves forward. */
public enum Phase {
    /** Each batch is normalised with its own statistics; running statistics follow. */
    BATCH("batch"),

    /** Population statistics, fixed; gamma and beta train on and each block runs merged inside the graph. */
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
}
