package dev.repsr.planted.format;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.planted.engine.Probe other) {}
