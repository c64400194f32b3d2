package dev.repsr;

import dev.repsr.image.ImageType;
import dev.repsr.image.PictureFormat;

/**
 * What a job will do, as its input's header tells.
 *
 * @param input size of the upright input; channels and depth as far as the header says, else the most that they can be
 * @param output size of what will be written
 * @param type format of the input; PNG, which would hold all of it, of an image
 * @param treatment what will be done
 * @param model name of the model that will run; of two in turn both, with "then" between them
 * @param engine that will run it; of two, the last
 * @param leastBytes of memory that the job's own buffers need at least, on one thread
 * @param mostBytes of memory that they take with all threads that were asked for
 */
public record UpscalePlan(
        PictureFormat input,
        PictureFormat output,
        ImageType type,
        Treatment treatment,
        String model,
        String engine,
        long leastBytes,
        long mostBytes) {}
