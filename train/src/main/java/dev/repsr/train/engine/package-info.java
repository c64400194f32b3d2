/**
 * What a training engine is, and all that is said to one: settings, goals, phases, the other processes. Knows no engine, and the core
 * alone.
 */
@NullMarked
package dev.repsr.train.engine;

import org.jspecify.annotations.NullMarked;
