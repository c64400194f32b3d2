package dev.repsr;

import dev.repsr.engine.NetworkRows;
import dev.repsr.engine.RowNetwork;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.PictureFormat;

/**
 * What a job may use, settled before it begins, so that a picture is refused with a number instead of failing late.
 *
 * @param bandBytes what is left for bands of rows
 * @param plannedBytes what the job will take: what is read, bands of rows, what the encoder holds
 */
record JobMemory(long bandBytes, long plannedBytes) {

    /**
     * The memory of a job.
     *
     * @param name of the input
     * @param heldBytes what the opened picture holds
     * @param type of the output
     * @throws ImageRefused if the output would be too large, or the memory allowed is too small; says how much is needed
     */
    static JobMemory reserve(
            String name,
            PictureFormat input,
            long heldBytes,
            RowNetwork network,
            ImageType type,
            UpscaleOptions options)
            throws ImageRefused {
        long width = (long) input.width() * network.network().scale();
        long height = (long) input.height() * network.network().scale();
        options.limits().checkOutput(name, width, height);
        PictureFormat output = input.resized((int) width, (int) height);
        long held = heldBytes + ImageWriter.heldBytes(output, type);
        long needed = held + NetworkRows.bytesNeeded(network, input);
        if (needed > options.memoryBytes()) {
            throw new ImageRefused(
                    ImageRefused.Reason.TOO_LARGE,
                    name + " needs " + mebibytes(needed) + " MiB of memory to be enlarged, and "
                            + mebibytes(options.memoryBytes()) + " MiB are allowed; allow more");
        }
        long bands = options.memoryBytes() - held;
        return new JobMemory(bands, held + NetworkRows.bytesTaken(network, input, options.threads(), bands));
    }

    private static long mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }
}
