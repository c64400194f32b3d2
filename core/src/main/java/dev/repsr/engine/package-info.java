/** How a network runs: steps of rows, threads, and the scalar engine that is the specification of all others. Knows nothing of files and formats. */
@NullMarked
package dev.repsr.engine;

import org.jspecify.annotations.NullMarked;
