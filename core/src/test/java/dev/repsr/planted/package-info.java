/** Classes that break the rules of the architecture, one each: they show that the rules can fail. */
@NullMarked
package dev.repsr.planted;

import org.jspecify.annotations.NullMarked;
