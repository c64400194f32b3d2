package com.example;

import dev.repsr.Upscaler;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Enlarges a picture to twice its size: {@code Enlarge small.png large.png}. */
public final class Enlarge {
    private Enlarge() {}

    public static void main(String[] arguments) throws IOException {
        BufferedImage image = ImageIO.read(new File(arguments[0]));
        BufferedImage large = Upscaler.load("repsr-m4c16-x2").upscale(image).asBufferedImage();
        ImageIO.write(large, "png", new File(arguments[1]));
        System.out.println(large.getWidth() + "x" + large.getHeight());
    }
}
