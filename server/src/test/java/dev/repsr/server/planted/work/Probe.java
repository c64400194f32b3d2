package dev.repsr.server.planted.work;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.server.planted.http.Probe other) {}
