/** Atomic files and checksums. */
@NullMarked
package dev.repsr.io;

import org.jspecify.annotations.NullMarked;
