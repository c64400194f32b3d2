package dev.repsr;

import dev.repsr.image.ImageType;
import java.util.List;

/**
 * What a job did.
 *
 * @param input name of what was read
 * @param output name of what was written
 * @param type format of the output; PNG, which would hold all of it, of an image
 * @param width of the output in pixels
 * @param height of the output in pixels
 * @param treatment what was done
 * @param model name of the model; of two in turn both, with "then" between them; empty if none ran
 * @param scale enlargement of each side by the network, or by both; 1 if none ran
 * @param engine name of the engine that ran the network, of two the last; empty if none ran
 * @param choice what the picture looked like, where that decided which model ran; else empty
 * @param memoryBytes what the job planned to take for what it read, rows, and what the encoder holds
 * @param millis from the first look at the input to the finished output
 * @param warnings one sentence for each thing that is wrong with the input, or that the output could not keep
 */
public record UpscaleResult(
        String input,
        String output,
        ImageType type,
        int width,
        int height,
        Treatment treatment,
        String model,
        int scale,
        String engine,
        String choice,
        long memoryBytes,
        long millis,
        List<String> warnings) {
    /** Copies the warnings. */
    public UpscaleResult {
        warnings = List.copyOf(warnings);
    }
}
