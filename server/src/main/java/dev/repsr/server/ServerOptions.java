package dev.repsr.server;

import dev.repsr.UpscaleOptions;
import dev.repsr.image.ImageLimits;
import dev.repsr.server.http.HttpOptions;
import java.time.Duration;

/**
 * How the server works.
 *
 * @param http how it listens, and what it takes from clients
 * @param upscale threads and memory for all pictures together, the engine, and the limits of each picture
 * @param queue pictures that may wait
 * @param spoolBytes that pictures on their way may take on the disk
 * @param jobs that may be open
 * @param kept how long the result of a job is kept
 */
public record ServerOptions(
        HttpOptions http, UpscaleOptions upscale, int queue, long spoolBytes, int jobs, Duration kept) {
    private static final long MAX_INPUT_PIXELS = 8_000_000;
    private static final long MAX_OUTPUT_PIXELS = 128_000_000;

    /** Checks the ranges. */
    public ServerOptions {
        if (queue < 1 || spoolBytes < 1 || jobs < 1) {
            throw new IllegalArgumentException(queue + " in the queue, " + spoolBytes + " bytes, " + jobs + " jobs");
        }
    }

    /** {@link HttpOptions#defaults()}; 8 megapixels in, 128 out, half of Java's heap; 32 wait, 2 GiB, 200 jobs, 10 minutes. */
    public static ServerOptions defaults() {
        HttpOptions http = HttpOptions.defaults();
        UpscaleOptions upscale = UpscaleOptions.defaults()
                .withMemoryBytes(Runtime.getRuntime().maxMemory() / 2)
                .withLimits(new ImageLimits(MAX_INPUT_PIXELS, MAX_OUTPUT_PIXELS, http.maxBodyBytes()));
        return new ServerOptions(http, upscale, 32, 2L << 30, 200, Duration.ofMinutes(10));
    }
}
