package dev.repsr.planted.network;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.planted.block.Probe other) {}
