package dev.repsr.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Shares pictures out among tasks by their pixels. The largest come first, since Spark begins tasks in their order: so none of them is
 * begun last. Small ones share a task.
 */
final class Packs {
    /** What opening, naming and entering a file costs, in pixels. */
    static final long PIXELS_A_FILE = 10_000;

    /** Work of a fraction of a second: smaller tasks would cost more than they share out. */
    private static final long LEAST = 250_000;

    /** Tasks for each core, so that the last ones end at about the same time. */
    private static final int TASKS_A_CORE = 8;

    private Packs() {}

    /** A picture with its weight. */
    record Weighed(Item item, long pixels) {
        long weight() {
            return PIXELS_A_FILE + pixels;
        }
    }

    /** The pictures of each task. */
    static List<List<Item>> of(List<Weighed> pictures, int cores) {
        List<Weighed> ordered = new ArrayList<>(pictures);
        ordered.sort(Comparator.comparingLong(Weighed::weight)
                .reversed()
                .thenComparingInt(weighed -> weighed.item().index()));
        long all = ordered.stream().mapToLong(Weighed::weight).sum();
        long share = Math.max(LEAST, all / ((long) cores * TASKS_A_CORE));
        List<List<Item>> packs = new ArrayList<>();
        long filled = share;
        for (Weighed picture : ordered) {
            if (filled + picture.weight() > share) {
                packs.add(new ArrayList<>());
                filled = 0;
            }
            packs.getLast().add(picture.item());
            filled += picture.weight();
        }
        return packs;
    }
}
