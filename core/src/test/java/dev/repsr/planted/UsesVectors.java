package dev.repsr.planted;

import jdk.incubator.vector.FloatVector;

/** Knows the Vector API. */
record UsesVectors(FloatVector vector) {}
