package dev.repsr.server.work;

import dev.repsr.UpscaleResult;
import dev.repsr.io.Spool;

/**
 * An enlarged picture.
 *
 * @param file whole; whoever has this deletes it
 */
public record Enlarged(UpscaleResult result, Spool.Entry file) {}
