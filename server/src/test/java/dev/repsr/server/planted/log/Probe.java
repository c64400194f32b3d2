package dev.repsr.server.planted.log;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.server.planted.work.Probe other) {}
