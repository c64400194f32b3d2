package dev.repsr.train.planted.study;

/** Knows a package that it may not know. */
public record Probe(dev.repsr.train.planted.torch.Probe other) {}
