package dev.repsr.train.planted.step;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.train.planted.data.Probe other) {}
