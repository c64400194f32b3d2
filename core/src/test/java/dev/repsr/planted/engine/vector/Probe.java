package dev.repsr.planted.engine.vector;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.planted.format.Probe other) {}
