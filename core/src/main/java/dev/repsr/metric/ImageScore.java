package dev.repsr.metric;

import dev.repsr.image.Picture;

/**
 * How close an enlarged picture is to the original.
 *
 * @param image name of the picture
 * @param psnrY PSNR of Y in dB
 * @param ssimY SSIM of Y; NaN where the picture is smaller than the window
 * @param psnrRgb PSNR over R, G and B in dB
 */
public record ImageScore(String image, double psnrY, double ssimY, double psnrRgb) {

    static ImageScore of(String image, Picture hr, Picture sr, int border) {
        boolean window = Math.min(hr.width(), hr.height()) - 2 * border >= Ssim.WINDOW;
        return new ImageScore(
                image, Psnr.y(hr, sr, border), window ? Ssim.y(hr, sr, border) : Double.NaN, Psnr.rgb(hr, sr, border));
    }
}
