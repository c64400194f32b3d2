package dev.repsr.planted.metric;

import java.awt.image.BufferedImage;

/** Takes an image of AWT away from the front door. */
record TakesImages(BufferedImage image) {}
