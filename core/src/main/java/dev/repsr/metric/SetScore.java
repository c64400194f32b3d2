package dev.repsr.metric;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Scores of a model on a set of pictures, with those of bicubic enlargement beside them. A set's score is the mean of its
 * pictures' scores, as in the papers.
 *
 * @param name the set's name
 * @param images a score for each picture
 * @param bicubic the same for bicubic enlargement
 */
public record SetScore(String name, List<ImageScore> images, List<ImageScore> bicubic) {

    /** Keeps copies; both lists have the same length, at least one. */
    public SetScore {
        images = List.copyOf(images);
        bicubic = List.copyOf(bicubic);
        if (images.isEmpty() || images.size() != bicubic.size()) {
            throw new IllegalArgumentException(images.size() + " and " + bicubic.size() + " scores in set " + name);
        }
    }

    /** Mean PSNR of Y in dB. */
    public double psnrY() {
        return mean(images, ImageScore::psnrY);
    }

    /** Mean SSIM of Y. */
    public double ssimY() {
        return mean(images, ImageScore::ssimY);
    }

    /** Mean PSNR over R, G and B in dB. */
    public double psnrRgb() {
        return mean(images, ImageScore::psnrRgb);
    }

    /** Mean PSNR of Y of bicubic enlargement. */
    public double bicubicPsnrY() {
        return mean(bicubic, ImageScore::psnrY);
    }

    /** Mean SSIM of Y of bicubic enlargement. */
    public double bicubicSsimY() {
        return mean(bicubic, ImageScore::ssimY);
    }

    /** Mean PSNR over R, G and B of bicubic enlargement. */
    public double bicubicPsnrRgb() {
        return mean(bicubic, ImageScore::psnrRgb);
    }

    /** The picture with the lowest PSNR of Y. */
    public ImageScore worst() {
        return images.stream()
                .min(Comparator.comparingDouble(ImageScore::psnrY))
                .orElseThrow();
    }

    private static double mean(List<ImageScore> scores, ToDoubleFunction<ImageScore> value) {
        return scores.stream().mapToDouble(value).average().orElseThrow();
    }
}
