package dev.repsr.image;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns files of formats that are not decoded here into PNG. Found by {@link java.util.ServiceLoader}. */
public interface PictureConverter {

    /**
     * What became of a file.
     *
     * @param png a PNG file
     * @param warnings one sentence for each thing that is not in it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Converted(byte[] png, List<String> warnings) {
        /** Copies the warnings. */
        public Converted {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The picture as a PNG file, turned as the container of {@code file} asks. An AVIF comes without such a request: whoever calls
     * this turns it. Samples are to be nonlinear, as networks are trained on them, with a profile or chunks that say what they mean.
     * EXIF and XMP in the PNG are only looked at where the container does not say them; EXIF's orientation never is.
     *
     * @param name what messages call it
     * @param file all of its bytes
     * @param maxBytes the PNG may have no more
     * @param time that it may take; null: {@link ReadOptions#PATIENCE}
     * @throws ImageRefused if it cannot be converted; says what is missing
     */
    Converted toPng(String name, ConvertedType type, byte[] file, long maxBytes, @Nullable Duration time)
            throws ImageRefused;
}
