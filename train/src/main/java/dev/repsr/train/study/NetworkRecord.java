package dev.repsr.train.study;

import java.util.Map;

/**
 * A network measured once: a line of {@code runs.jsonl}.
 *
 * @param key hash of the weights, the measured pictures and how it was timed
 * @param network its name
 * @param builtIn whether it comes with the program
 * @param round of timing, from 1 on
 * @param size as "M4C16"
 * @param engine that ran it
 * @param millis median of an enlargement of the timed picture in one thread
 * @param megapixels of the picture that is enlarged, a second
 * @param peakShare of what the processor can do; 0 where that is not known
 * @param sets scores
 */
record NetworkRecord(
        String key,
        String network,
        boolean builtIn,
        int round,
        String size,
        long parameters,
        String engine,
        double millis,
        double megapixels,
        double peakShare,
        Map<String, RunRecord.Score> sets)
        implements RunStore.Line {}
