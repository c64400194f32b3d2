package dev.repsr.planted;

import java.awt.image.BufferedImage;

/** Knows AWT. */
record UsesAwt(BufferedImage image) {}
