package dev.repsr.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One picture of a job.
 *
 * @param index its place among all
 * @param name below IN, with slashes; its key in a table
 * @param bytes size of the file
 * @param output name below OUT, with slashes
 * @param before what the journal says of this output
 */
record Item(
        int index,
        String name,
        long bytes,
        String output,
        @Nullable Outcome before) implements Serializable {}
