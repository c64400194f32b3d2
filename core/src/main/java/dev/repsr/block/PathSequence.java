package dev.repsr.block;

import java.util.Arrays;
import java.util.List;

/** Which convolutions a path of a {@link RepSrBlock} is made of, first to last. */
public enum PathSequence {
    /** 3x3, batch normalisation, 1x1: the paper's. */
    SPATIAL_POINTWISE("3-1"),
    /** 1x1, batch normalisation, 3x3. */
    POINTWISE_SPATIAL("1-3"),
    /** 1x1, 3x3, batch normalisation, 1x1. */
    POINTWISE_SPATIAL_POINTWISE("1-3-1"),
    /** 3x3 alone, batch normalisation; not expanded. */
    SPATIAL("3");

    private final String text;

    PathSequence(String text) {
        this.text = text;
    }

    /** Name in configurations and checkpoints, such as "3-1". */
    public String text() {
        return text;
    }

    /** The names of all. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(PathSequence::text).toList();
    }

    /**
     * The sequence of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PathSequence of(String text) {
        for (PathSequence sequence : values()) {
            if (sequence.text.equals(text)) {
                return sequence;
            }
        }
        throw new IllegalArgumentException("unknown sequence " + text);
    }
}
