/** What happens to photographs before they are seen: blur, resizing, noise and JPEG, drawn from a seed. */
@NullMarked
package dev.repsr.train.degrade;

import org.jspecify.annotations.NullMarked;
