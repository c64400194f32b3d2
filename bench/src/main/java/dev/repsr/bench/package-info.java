/** Comparison with other runtimes. */
@NullMarked
package dev.repsr.bench;

import org.jspecify.annotations.NullMarked;
