package dev.repsr.planted.merge;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.planted.Probe other) {}
