package dev.repsr.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SequencedMap;

/**
 * The page of measured speeds: a fixed head, a part for each network and one that is written by hand. Parts stand between
 * marks; writing one keeps the others as they are.
 */
final class SpeedPage {
    private static final String BY_HAND = "by hand";
    private static final String HEAD = """
            # Speed against other runtimes

            Made by `bench/run --size 320x180 -o docs/results/speed.md`, which measures everything again. Only the last
            part is written by hand. With `--nets m4c16` that network's part alone is measured and replaced, with another
            `--size` a part is added; `bench/run cold -o` adds the one on whole processes, `bench/run train -o` the one on
            training. Each names the command that made it.

            Every runtime computes the same network with the same random weights on the same random picture in float32,
            and the results are compared. After a warm-up they take turns, all of them once in each round, so that what
            else the machine does meets all. A turn begins with a run that is not measured, since the caches hold what another
            runtime has left there. A ratio is the median over the rounds of the ratios within a round. On one
            thread the time is the CPU time of the thread that calls. On several it is the time that passes: before each turn is a
            pause in which native threads go to sleep, and half a second of runs that are not measured, in which a virtual
            machine brings its cores back. A result that is more than 1e-4 away from the one of ONNX Runtime ends the
            command, and nothing is written.

            * repsr: from interleaved floats to rows of interleaved floats, everything included. `bench/run` has the JVM touch
              its heap before, as a process does that has run for a while.
            * ONNX Runtime, OpenCV dnn: from planes to planes, all optimisations on; the same ONNX file.
            * libtorch: eager in inference mode, channels_last. `bench/run` lets glibc keep freed memory, without which
              libtorch spends most of its time on page faults.
            * oneDNN: the convolutions with PReLU as a post-op, in the layouts that it chooses; shuffle, skip and the
              picture's conversion are not in its time.
            * FMA peak: a loop of fused multiply-adds in registers, a turn of each round. GFLOP/s count the operations
              of direct convolution for every runtime, so Winograd's algorithm can pass 100 % of the peak.
            """;

    private static final String EMPTY_HAND_PART = """
            ## What was tried and did not help

            This part is written by hand, and the command keeps it.
            """;

    private SpeedPage() {}

    /** The beginning of the part on training. */
    static String trainingHead(int rounds) {
        return """
            ## Training

            %s; one step: 16 patches of 32x32 pixels, mean absolute error, Adam, float32; the patches as the loader gives them, everything
            included. One thread, its CPU time; on two threads the time that passes. Median of %d rounds, in which
            all take turns as above; a ratio is the median of the ratios within a round. `plain` has 3x3 convolutions alone;
            `RepSR, frozen` folds its blocks in every step, in libtorch too, and "branches" computes each branch, as other
            trainers do; with batch statistics libtorch has branches alone. Of the peak: operations of direct
            convolution in the merged network, forth and back, so Winograd's algorithm can pass 100 %%. A loss that differs by more than
            1e-5 of it ends the command, and nothing is written.
            """.formatted(LocalDate.now(ZoneOffset.UTC), rounds);
    }

    /** Writes a part into the page, which is made where there is none. */
    static void put(Path page, String title, String part) throws IOException {
        String text = withPart(PageParts.read(page), title, part);
        PageParts.write(page, text);
    }

    /** The page with a part added, or replaced where it stands. */
    static String withPart(String page, String title, String part) {
        SequencedMap<String, String> parts = PageParts.of(page);
        String byHand = parts.containsKey(BY_HAND) ? parts.remove(BY_HAND) : EMPTY_HAND_PART;
        parts.put(title, part);
        parts.putLast(BY_HAND, byHand);
        return PageParts.text(HEAD, parts);
    }
}
