/** The self-check: an enlarged picture must agree with what it was made from. */
@NullMarked
package dev.repsr.check;

import org.jspecify.annotations.NullMarked;
