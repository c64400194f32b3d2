package dev.repsr.planted.convert;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.planted.Probe other) {}
