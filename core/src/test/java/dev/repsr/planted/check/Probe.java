package dev.repsr.planted.check;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.planted.network.Probe other) {}
