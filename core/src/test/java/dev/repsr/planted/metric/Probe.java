package dev.repsr.planted.metric;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.planted.network.Probe other) {}
