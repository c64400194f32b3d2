package dev.repsr.train;

import dev.repsr.merge.Receipt;
import dev.repsr.metric.SetScore;
import java.nio.file.Path;
import java.util.List;

/**
 * What a finished run made.
 *
 * @param model the model file
 * @param iterations steps trained
 * @param seconds of this process
 * @param receipt proof of the merge
 * @param sets scores on the validation sets, with the exported network
 * @param warnings sentences on what speaks against it: not better than bicubic enlargement, or worse than what it began with
 */
public record TrainResult(
        Path model, long iterations, double seconds, Receipt receipt, List<SetScore> sets, List<String> warnings) {}
