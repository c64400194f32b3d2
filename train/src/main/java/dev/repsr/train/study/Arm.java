package dev.repsr.train.study;

import java.util.ArrayList;
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

    /** One without a moving average of the weights, which batch statistics do not go with. */
    static Arm of(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("optimiser.ema=0");
        return new Arm(name, all);
    }
}
