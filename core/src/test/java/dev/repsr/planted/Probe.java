package dev.repsr.planted;

/** Stands for the front door. */
public record Probe() {}
