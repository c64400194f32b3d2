/** Engines on the Vector API: the only package that sees jdk.incubator.vector. */
@NullMarked
package dev.repsr.engine.vector;

import org.jspecify.annotations.NullMarked;
