/**
 * Picture rows and bands, header probe, limits, decoding and encoding, bicubic resampling as MATLAB does it. The only package that sees
 * ImageIO and AWT, but for {@code BufferedImage} at the front door. Knows nothing of networks.
 */
@NullMarked
package dev.repsr.image;

import org.jspecify.annotations.NullMarked;
