/**
 * The front door: {@link dev.repsr.Upscaler} enlarges pictures, {@link dev.repsr.Models} lists the built-in networks.
 * Everything else is behind these.
 */
@NullMarked
package dev.repsr;

import org.jspecify.annotations.NullMarked;
