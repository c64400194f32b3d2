package dev.repsr;

import dev.repsr.check.SelfCheck;
import dev.repsr.engine.NetworkRows;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Limit;
import dev.repsr.image.ReadingMemory;
import dev.repsr.image.ResizedRows;

/**
 * What a job takes, for its plan and for itself: it is settled before the job begins, so that a picture is refused with a number
 * instead of failing late.
 *
 * @param opening bytes until the input is open
 * @param held bytes of the opened input, and of what the encoder holds
 */
record JobMemory(JobSteps steps, UpscaleOptions options, long opening, long held) {

    static JobMemory of(JobSteps steps, UpscaleOptions options, ReadingMemory reading, ImageType output) {
        long frames = output == ImageType.GIF ? reading.framesBytes() : 0;
        long held = reading.heldBytes() + frames + ImageWriter.heldBytes(steps.output(), output);
        return new JobMemory(steps, options, reading.peakBytes(), held);
    }

    /**
     * What the bands of rows may use.
     *
     * @param threads that compute
     * @param bytes left for bands, beside what is held and the steps around the network
     * @param planned what the job takes in all
     */
    record Share(int threads, long bytes, long planned) {}

    /**
     * What is left for bands of rows, beside what is held and the steps around the network.
     *
     * @param name of the input
     * @throws ImageRefused if the memory allowed is too small; says how much is needed
     */
    Share reserve(String name) throws ImageRefused {
        long allowed = options.memoryBytes();
        long needed = leastBytes();
        if (needed > allowed) {
            throw new ImageRefused(
                    Limit.MEMORY,
                    name + " needs " + mebibytes(needed) + " MiB of memory to be enlarged, and " + mebibytes(allowed)
                            + " MiB are allowed; allow more");
        }
        if (!steps.treatment().byNetwork()) {
            return new Share(1, 0, needed);
        }
        long left = allowed - held - beside(options.threads());
        boolean enough = left >= steps.network(options).bytesNeeded(steps.input());
        int threads = enough ? options.threads() : 1;
        long beside = held + beside(threads);
        long bands = steps.network(options).bytesTaken(steps.input(), threads, allowed - beside);
        return new Share(threads, allowed - beside, Math.max(opening, beside + bands));
    }

    /** Bytes that the job needs at least. */
    long leastBytes() {
        long network = steps.treatment().byNetwork() ? steps.network(options).bytesNeeded(steps.input()) : 0;
        return Math.max(opening, held + beside(1) + network);
    }

    /** Bytes that the job takes with all threads, where it may. */
    long mostBytes() throws ImageRefused {
        int threads = options.threads();
        long network = steps.treatment().byNetwork()
                ? steps.network(options).bytesTaken(steps.input(), threads, Long.MAX_VALUE)
                : 0;
        return Math.max(opening, held + beside(threads) + network);
    }

    private long beside(int threads) {
        long bytes = 0;
        if (options.selfCheck() != SelfCheckMode.OFF && steps.treatment().byNetwork()) {
            NetworkRows network = steps.network(options);
            int reach = network.reach(steps.input());
            bytes += SelfCheck.bytes(steps.input(), steps.model().scale(), reach, network.rowsAhead(threads))
                    + network.bytesNeeded(SelfCheck.piece(steps.input(), reach));
        }
        if (steps.treatment().resamples()) {
            bytes += ResizedRows.bytesNeeded(
                    steps.enlarged(), steps.output().width(), steps.output().height());
        }
        return bytes;
    }

    private static long mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }
}
