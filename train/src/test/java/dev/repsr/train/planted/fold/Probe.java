package dev.repsr.train.planted.fold;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.train.planted.data.Probe other) {}
