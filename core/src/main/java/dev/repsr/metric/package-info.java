/** PSNR and SSIM with the border and colour rules of the papers. */
@NullMarked
package dev.repsr.metric;

import org.jspecify.annotations.NullMarked;
