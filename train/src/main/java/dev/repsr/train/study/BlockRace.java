package dev.repsr.train.study;

import java.util.List;

/**
 * Whether RepSR's blocks reach in half of the core-seconds what ECBSR reaches.
 *
 * @param iterations of ECBSR
 * @param ecb its runs
 * @param half runs of RepSR's blocks that take half of their core-seconds
 */
record BlockRace(long iterations, List<ArmRuns> ecb, List<ArmRuns> half) {}
