package dev.repsr;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.Limit;
import dev.repsr.image.ReadingMemory;
import dev.repsr.image.ResizedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job takes, for its plan and for itself: it is settled before the job begins, so that a picture is refused with a number
 * instead of failing late.
 *
 * @param opening bytes until the input is open
 * @param held bytes of the opened input, of what the encoder holds, and of a result in memory
 */
record JobMemory(JobSteps steps, UpscaleOptions options, long opening, long held) {

    static JobMemory of(JobSteps steps, UpscaleOptions options, ReadingMemory reading, JobOutput output) {
        long frames = output.type() == ImageType.GIF ? reading.framesBytes() : 0;
        long held = reading.heldBytes() + frames + output.heldBytes(steps.output());
        return new JobMemory(steps, options, reading.peakBytes(), held);
    }

    /**
     * What the bands of rows may use.
     *
     * @param threads that compute
     * @param bytes for the bands of each network in turn
     * @param planned what the job takes in all
     */
    record Share(int threads, List<Long> bytes, long planned) {
        /** Copies the list. */
        Share {
            bytes = List.copyOf(bytes);
        }
    }

    /**
     * What is left for bands of rows, beside what is held and the steps around the networks.
     *
     * @param name of the input
     * @throws ImageRefused if the memory allowed is too small; says how much is needed
     */
    Share reserve(String name) throws IOException {
        long allowed = options.memoryBytes();
        long needed = leastBytes();
        if (needed > allowed) {
            throw new ImageRefused(
                    Limit.MEMORY,
                    name + " needs " + mebibytes(needed) + " MiB of memory to be enlarged, and " + mebibytes(allowed)
                            + " MiB are allowed; allow more");
        }
        long left = allowed - held - beside(options.threads());
        int threads = left >= leastOfNetworks(steps.networks()) ? options.threads() : 1;
        long beside = held + beside(threads);
        List<Long> limits = new ArrayList<>();
        long bands = divide(threads, allowed - beside, limits);
        return new Share(threads, limits, Math.max(opening, beside + bands));
    }

    /**
     * Gives each network what those before it leave; the last, which has the most to do, is served first.
     *
     * @param limits becomes what each may take
     * @return what all of them take
     */
    private long divide(int threads, long bytes, List<Long> limits) throws IOException {
        List<NetworkStep> networks = steps.networks();
        long taken = 0;
        for (int i = networks.size() - 1; i >= 0; i--) {
            long limit = bytes - taken - leastOfNetworks(networks.subList(0, i));
            limits.addFirst(limit);
            taken += networks.get(i).bytesTaken(options, threads, limit);
        }
        return taken;
    }

    private long leastOfNetworks(List<NetworkStep> networks) {
        return networks.stream().mapToLong(step -> step.leastBytes(options)).sum();
    }

    /** Bytes that the job needs at least. */
    long leastBytes() {
        return Math.max(opening, held + beside(1) + leastOfNetworks(steps.networks()));
    }

    /** Bytes that the job takes with all threads, where it may. */
    long mostBytes() throws IOException {
        int threads = options.threads();
        long networks = 0;
        for (NetworkStep step : steps.networks()) {
            networks += step.bytesTaken(options, threads, Long.MAX_VALUE);
        }
        return Math.max(opening, held + beside(threads) + networks);
    }

    private long beside(int threads) {
        long bytes = steps.networks().stream()
                .mapToLong(step -> step.checkBytes(options, threads))
                .sum();
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
