package dev.repsr.planted.image;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.planted.metric.Probe other) {}
