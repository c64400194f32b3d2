package dev.repsr.train.study;

import java.util.List;

/**
 * One of the things that a study compares.
 *
 * @param name short, for tables and files: letters, digits, spaces, + and -
 * @param settings of the configuration that make it, {@code key=value} each
 */
public record Arm(String name, List<String> settings) {

    /** Keeps a copy. */
    public Arm {
        settings = List.copyOf(settings);
    }

    static Arm of(String name, String... settings) {
        return new Arm(name, List.of(settings));
    }
}
