package dev.repsr.image;

import java.io.IOException;
import java.util.List;

/** What a fuzzer calls with bytes of its own making: a decoder, or all probes. Anything but a refusal that escapes is a find. */
public final class FuzzTarget {
    /** Names the {@link ImageType}; without it the probes are meant. */
    static final String TYPE = "repsr.fuzz.type";

    private static final ImageLimits LIMITS = new ImageLimits(100_000, 1_000_000, 1 << 20);
    private static final List<ImageType> TYPES = List.of(ImageType.values());

    private FuzzTarget() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        String type = System.getProperty(TYPE, "");
        if (data.length < 16) {
            return;
        }
        if (type.isEmpty()) {
            TYPES.forEach(each -> probe(each, data));
        } else {
            decode(ImageType.valueOf(type), data);
        }
    }

    private static void probe(ImageType type, byte[] data) {
        try {
            DecodeBorder.within("the picture", () -> ImageReader.probe(type, data, "the picture", LIMITS));
        } catch (ImageRefused e) {
            requireSentence(e);
        }
    }

    private static void decode(ImageType type, byte[] data) throws IOException {
        try (PictureSource source =
                ImageReader.open(type, data, "the picture", ReadOptions.of(LIMITS), Deadline.NONE)) {
            source.picture();
            if (source.frames().isPresent()) {
                source.frames().get().next().close();
            }
        } catch (ImageRefused e) {
            requireSentence(e);
        }
    }

    private static void requireSentence(ImageRefused e) {
        if (!String.valueOf(e.getMessage()).contains("the picture")) {
            throw new IllegalStateException("a refusal that names no picture", e);
        }
    }
}
