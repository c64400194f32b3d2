package dev.repsr.metric;

import dev.repsr.image.Bicubic;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageRefused.Reason;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of originals, prepared as the papers do: cropped to a multiple of the scale from the top left, reduced by MATLAB's
 * bicubic and rounded to 8 bits; a border of {@code scale} pixels does not count. A grey picture is read as R = G = B.
 *
 * @param name the folder's name
 * @param scale enlargement
 * @param images in the order of their names, at least one
 */
public record BenchmarkSet(String name, int scale, List<BenchmarkImage> images) {

    /** Enlarges a reduced picture. */
    @FunctionalInterface
    public interface Enlarger {
        /** The picture {@code scale} times as large, RGB of 8 bits, rounded. */
        Picture enlarge(Picture lr) throws IOException;
    }

    /** Takes each enlarged picture, for instance to save it. */
    @FunctionalInterface
    public interface Enlarged {
        /** One picture of the set and what it became. */
        void accept(BenchmarkImage image, Picture sr) throws IOException;
    }

    /** Takes what is refused and left out. */
    @FunctionalInterface
    public interface Refused {
        /**
         * Lets the others go on, or throws.
         *
         * @param input the original, or the folder if that is refused as a whole
         */
        void accept(Path input, ImageRefused why) throws ImageRefused;
    }

    /** Keeps a copy. */
    public BenchmarkSet {
        images = List.copyOf(images);
    }

    /**
     * Reads a folder.
     *
     * @param hrFolder PNG or JPEG originals
     * @param lrFolder where reduced pictures of the same name, or with {@code xN} behind the stem, lie; null: they are made.
     *     One that was made of the whole original is cropped as the original is
     * @param modulo originals are cropped to a multiple of this, a multiple of the scale; the scale for most papers, 12 for
     *     some
     * @throws ImageRefused if the folder is missing or empty, a picture is unreadable or too small, or a reduced picture is
     *     missing or of the wrong size
     */
    public static BenchmarkSet load(Path hrFolder, @Nullable Path lrFolder, int scale, int modulo) throws IOException {
        return load(hrFolder, lrFolder, scale, modulo, (input, why) -> {
                    throw why;
                })
                .orElseThrow();
    }

    /**
     * As {@link #load(Path, Path, int, int)}, but a picture that cannot be measured is told and left out.
     *
     * @return empty if none is left
     * @throws ImageRefused what {@code refused} throws
     */
    public static Optional<BenchmarkSet> load(
            Path hrFolder, @Nullable Path lrFolder, int scale, int modulo, Refused refused) throws IOException {
        if (modulo < 1 || modulo % scale != 0) {
            throw new IllegalArgumentException("modulo " + modulo + " is not a multiple of scale " + scale);
        }
        List<BenchmarkImage> images = new ArrayList<>();
        for (Path file : pictures(hrFolder, lrFolder, refused)) {
            stopIfInterrupted();
            try {
                images.add(image(file, lrFolder, scale, modulo));
            } catch (ImageRefused e) {
                refused.accept(file, e);
            }
        }
        String name = hrFolder.toAbsolutePath().normalize().getFileName().toString();
        return images.isEmpty() ? Optional.empty() : Optional.of(new BenchmarkSet(name, scale, images));
    }

    private static BenchmarkImage image(Path file, @Nullable Path lrFolder, int scale, int modulo) throws IOException {
        String name = stem(file);
        Picture original = read(file);
        Picture hr = cropped(original, modulo, 2 * scale + 1, file);
        Picture lr = lrFolder == null
                ? Bicubic.reduce(hr, scale)
                : reduced(reducedFile(lrFolder, name, scale), original, hr, scale);
        return BenchmarkImage.of(name, hr, lr, scale);
    }

    /** None if a folder is refused as a whole. */
    private static List<Path> pictures(Path hrFolder, @Nullable Path lrFolder, Refused refused) throws IOException {
        try {
            if (lrFolder != null) {
                requireFolder(lrFolder);
            }
            return pictures(hrFolder);
        } catch (ImageRefused e) {
            refused.accept(hrFolder, e);
            return List.of();
        }
    }

    private static void requireFolder(Path folder) throws ImageRefused {
        if (!Files.isDirectory(folder)) {
            throw new ImageRefused(Reason.MISSING, folder + ": there is no such folder");
        }
    }

    /** Enlarges every reduced picture and compares it with its original. */
    public SetScore score(Enlarger enlarger, Enlarged each) throws IOException {
        List<ImageScore> scores = new ArrayList<>();
        for (BenchmarkImage image : images) {
            stopIfInterrupted();
            Picture sr = enlarger.enlarge(image.lr());
            scores.add(ImageScore.of(image.name(), image.hr(), sr, scale));
            each.accept(image, sr);
        }
        return new SetScore(
                name, scores, images.stream().map(BenchmarkImage::bicubic).toList());
    }

    /** Measuring a large set takes minutes. Leaves the thread's interrupt status set. */
    private static void stopIfInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("measuring was interrupted");
        }
    }

    private static List<Path> pictures(Path folder) throws IOException {
        requireFolder(folder);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> pictures = files.filter(BenchmarkSet::isPicture).sorted().toList();
            if (pictures.isEmpty()) {
                throw new ImageRefused(Reason.MISSING, folder + ": there is no picture in this folder");
            }
            return pictures;
        }
    }

    /** Hidden files are no pictures: some systems put one with the same ending beside each. */
    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && ImageType.ofName(name).isPresent() && Files.isRegularFile(file);
    }

    private static Picture read(Path file) throws ImageRefused {
        return ImageReader.read(file, ImageLimits.defaults()).picture().toRgb8();
    }

    private static Picture cropped(Picture picture, int modulo, int least, Path file) throws ImageRefused {
        int width = picture.width() / modulo * modulo;
        int height = picture.height() / modulo * modulo;
        if (Math.min(width, height) < least) {
            throw new ImageRefused(
                    Reason.UNSUPPORTED,
                    file + ": " + picture.width() + "x" + picture.height()
                            + " pixels are too few to be measured, at least " + Math.ceilDiv(least, modulo) * modulo
                            + " a side are needed");
        }
        return picture.crop(0, 0, width, height);
    }

    private static Path reducedFile(Path folder, String name, int scale) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(BenchmarkSet::isPicture)
                    .filter(file -> stem(file).equals(name) || stem(file).equals(name + "x" + scale))
                    .min(Comparator.naturalOrder())
                    .orElseThrow(() -> new ImageRefused(
                            Reason.MISSING, folder + ": there is no picture " + name + " or " + name + "x" + scale));
        }
    }

    private static Picture reduced(Path file, Picture original, Picture hr, int scale) throws ImageRefused {
        Picture lr = read(file);
        int width = hr.width() / scale;
        int height = hr.height() / scale;
        boolean ofWhole = lr.width() == original.width() / scale && lr.height() == original.height() / scale;
        if (ofWhole || (lr.width() == width && lr.height() == height)) {
            return lr.crop(0, 0, width, height);
        }
        throw new ImageRefused(
                Reason.UNSUPPORTED,
                file + ": " + lr.width() + "x" + lr.height() + " pixels, expected " + width + "x" + height
                        + " for scale " + scale);
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
