/** Writing model files that were read back and run before they got their names. */
@NullMarked
package dev.repsr.convert;

import org.jspecify.annotations.NullMarked;
