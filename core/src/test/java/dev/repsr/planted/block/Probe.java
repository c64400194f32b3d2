package dev.repsr.planted.block;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.planted.format.Probe other) {}
