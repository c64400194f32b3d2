package dev.repsr.image;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns files of formats that are not decoded here into PNG. Found by {@link java.util.ServiceLoader}. */
public interface PictureConverter {

    /**
     * The picture as a PNG file.
     *
     * @param name what messages call it
     * @param file all of its bytes
     * @param maxBytes the PNG may have no more
     * @param time that it may take; null: {@link ReadOptions#PATIENCE}
     * @throws ImageRefused if it cannot be converted; says what is missing
     */
    byte[] toPng(String name, ConvertedType type, byte[] file, long maxBytes, @Nullable Duration time)
            throws ImageRefused;
}
