package dev.repsr.planted.engine;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.planted.block.Probe other) {}
