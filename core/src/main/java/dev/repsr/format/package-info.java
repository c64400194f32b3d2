/** Model files: one public class a format, each reader bounded and refusing what it does not know. */
@NullMarked
package dev.repsr.format;

import org.jspecify.annotations.NullMarked;
