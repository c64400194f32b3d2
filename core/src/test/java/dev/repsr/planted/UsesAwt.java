package dev.repsr.planted;

import java.awt.Graphics;

/** Knows AWT. */
record UsesAwt(Graphics graphics) {}
