package dev.repsr.planted.io;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.planted.image.Probe other) {}
