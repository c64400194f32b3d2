package dev.repsr;

import dev.repsr.check.SelfCheck;
import dev.repsr.engine.NetworkRows;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ResizedRows;

/** Settles what a job may use before it begins, so that a picture is refused with a number instead of failing late. */
final class JobMemory {
    private JobMemory() {}

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
     * @param held bytes of the opened input, and of what the encoder holds
     * @throws ImageRefused if the memory allowed is too small; says how much is needed
     */
    static Share reserve(String name, JobSteps steps, UpscaleOptions options, long held) throws ImageRefused {
        long allowed = options.memoryBytes();
        long needed = least(steps, options, held);
        if (needed > allowed) {
            throw new ImageRefused(
                    ImageRefused.Reason.TOO_LARGE,
                    name + " needs " + mebibytes(needed) + " MiB of memory to be enlarged, and " + mebibytes(allowed)
                            + " MiB are allowed; allow more");
        }
        if (!steps.treatment().byNetwork()) {
            return new Share(1, 0, needed);
        }
        long left = allowed - held - beside(steps, options, options.threads());
        boolean enough = left >= steps.network(options).bytesNeeded(steps.input());
        int threads = enough ? options.threads() : 1;
        long beside = held + beside(steps, options, threads);
        long bands = steps.network(options).bytesTaken(steps.input(), threads, allowed - beside);
        return new Share(threads, allowed - beside, beside + bands);
    }

    /** Bytes that the steps need at least. */
    static long least(JobSteps steps, UpscaleOptions options, long held) {
        long beside = held + beside(steps, options, 1);
        return steps.treatment().byNetwork() ? beside + steps.network(options).bytesNeeded(steps.input()) : beside;
    }

    /** Bytes that the steps take with all threads. */
    static long most(JobSteps steps, UpscaleOptions options, long held) throws ImageRefused {
        long beside = held + beside(steps, options, options.threads());
        return steps.treatment().byNetwork()
                ? beside + steps.network(options).bytesTaken(steps.input(), options.threads(), Long.MAX_VALUE)
                : beside;
    }

    private static long beside(JobSteps steps, UpscaleOptions options, int threads) {
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
