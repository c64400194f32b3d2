package dev.repsr.train.data;

import dev.repsr.image.Bicubic;
import dev.repsr.image.DecodedPicture;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.train.degrade.Planes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decodes training files to the pictures that are kept; can be used by several threads. */
final class TrainingFileReader {

    /** What became of a file. */
    enum Outcome {
        /** It is used. */
        GOOD,
        /** It does not hold a patch. */
        SMALL,
        /** It cannot be decoded. */
        UNREADABLE,
        /** Its partner has the wrong size. */
        MISFIT
    }

    /**
     * One file's outcome.
     *
     * @param pictures original and partner, or only the original where the partner is made for each patch; empty unless good
     * @param problem one sentence, empty if good
     * @param warnings what is odd about the files
     * @param format of the original as it was stored; null where it was not decoded
     */
    record Entry(
            TrainingFiles files,
            Outcome outcome,
            List<Picture> pictures,
            String problem,
            List<String> warnings,
            @Nullable PictureFormat format) {}

    private final TrainingSetOptions options;

    TrainingFileReader(TrainingSetOptions options) {
        this.options = options;
    }

    Entry read(TrainingFiles files) {
        int scale = options.scale();
        try {
            DecodedPicture decoded = files.hr().read();
            Picture picture = decoded.picture();
            if (picture.width() < options.patch() * scale || picture.height() < options.patch() * scale) {
                String problem = files.hr().name() + ": " + picture.width() + "x" + picture.height()
                        + " pixels are fewer than a patch needs, left out";
                return new Entry(files, Outcome.SMALL, List.of(), problem, List.of(), picture.format());
            }
            PictureFile lr = files.lr();
            if (lr != null) {
                return paired(files, decoded, lr);
            }
            Picture hr = picture.toRgb8().crop(0, 0, picture.width() / scale * scale, picture.height() / scale * scale);
            List<Picture> pictures = options.photo().isPresent() ? List.of(hr) : List.of(hr, Bicubic.reduce(hr, scale));
            return new Entry(files, Outcome.GOOD, pictures, "", decoded.warnings(), picture.format());
        } catch (ImageRefused e) {
            String problem =
                    Objects.requireNonNullElse(e.getMessage(), files.hr().name());
            return new Entry(files, Outcome.UNREADABLE, List.of(), problem, List.of(), null);
        }
    }

    private Entry paired(TrainingFiles files, DecodedPicture decoded, PictureFile partner) throws ImageRefused {
        int scale = options.scale();
        Picture hr = decoded.picture().toRgb8();
        Picture lr = partner.read().picture().toRgb8();
        int width = hr.width() / scale;
        int height = hr.height() / scale;
        if (lr.width() != width || lr.height() != height) {
            String problem = partner.name() + ": " + lr.width() + "x" + lr.height() + " pixels, but its partner "
                    + files.hr().name() + " of " + hr.width() + "x" + hr.height() + " needs one of " + width + "x"
                    + height + " at scale " + scale;
            return new Entry(
                    files,
                    Outcome.MISFIT,
                    List.of(),
                    problem,
                    List.of(),
                    decoded.picture().format());
        }
        return new Entry(
                files,
                Outcome.GOOD,
                List.of(hr.crop(0, 0, width * scale, height * scale), lr),
                "",
                decoded.warnings(),
                decoded.picture().format());
    }

    /** A picture that is kept apart, with its low-resolution version. */
    HeldOutPicture heldOut(Entry entry, int index) {
        Picture hr = entry.pictures().getFirst();
        Picture lr = options.photo()
                .map(photo -> {
                    StoredPicture stored = StoredPicture.inMemory(hr);
                    Planes planes = stored.planes(0, 0, hr.width(), hr.height());
                    return picture(photo.apply(planes, options.scale(), options.seed() + index));
                })
                .orElseGet(() -> entry.pictures().getLast());
        return new HeldOutPicture(entry.files().hr().stem(), hr, lr);
    }

    private static Picture picture(Planes planes) {
        int plane = planes.width() * planes.height();
        byte[] samples = new byte[3 * plane];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) Math.round(planes.values()[i % 3 * plane + i / 3] * 255f);
        }
        return Picture.of(new PictureFormat(planes.width(), planes.height(), 3, 8), samples);
    }
}
