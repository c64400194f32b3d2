package dev.repsr;

import dev.repsr.image.ImageType;
import java.util.List;

/**
 * What a job did.
 *
 * @param input name of what was read
 * @param output name of what was written
 * @param type format of the output
 * @param width of the enlarged picture in pixels
 * @param height of the enlarged picture in pixels
 * @param model name of the model
 * @param scale enlargement of each side
 * @param engine name of the engine that ran the network
 * @param memoryBytes what the job planned to take for the picture it read, rows of it, and what the encoder holds
 * @param millis from the first look at the input to the finished output
 * @param warnings one sentence for each thing that is wrong with the input, or that the output could not keep
 */
public record UpscaleResult(
        String input,
        String output,
        ImageType type,
        int width,
        int height,
        String model,
        int scale,
        String engine,
        long memoryBytes,
        long millis,
        List<String> warnings) {
    /** Copies the warnings. */
    public UpscaleResult {
        warnings = List.copyOf(warnings);
    }
}
