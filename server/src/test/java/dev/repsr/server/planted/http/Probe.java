package dev.repsr.server.planted.http;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.server.planted.metric.Probe other) {}
