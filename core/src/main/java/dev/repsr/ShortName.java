package dev.repsr;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a network is for; each names the best built-in one of a scale. Which that is, the index of the built-in networks says. */
public enum ShortName {
    /** Sharp, sound pictures: photographs and others that were made smaller. It adds and removes nothing. */
    CLEAN,
    /** Photographs as they are found: compressed, noisy, blurred. */
    PHOTO,
    /** Drawings and comics: lines and flat colours. */
    DRAWING,
    /** The least time. */
    FAST;

    /** The word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The short name that is spelt so. */
    public static Optional<ShortName> of(String word) {
        return Arrays.stream(values()).filter(name -> name.word().equals(word)).findFirst();
    }

    /** All words, for messages. */
    static String words() {
        return Arrays.stream(values()).map(ShortName::word).collect(Collectors.joining(", "));
    }
}
