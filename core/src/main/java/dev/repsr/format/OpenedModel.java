package dev.repsr.format;

/**
 * A model with what its file was.
 *
 * @param model the network and what is known about it
 * @param format kind of file
 * @param precision of the weights in the file, the coarsest where they differ
 */
public record OpenedModel(Model model, ModelFormat format, Precision precision) {}
