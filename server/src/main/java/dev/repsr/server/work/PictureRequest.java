package dev.repsr.server.work;

import dev.repsr.MetadataChoice;
import dev.repsr.SelfCheckMode;
import dev.repsr.TargetSize;
import dev.repsr.UpscaleOptions;
import dev.repsr.image.ImageType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client wants of a picture: the options of {@code repsr upscale} that belong to a picture and not to the machine.
 *
 * @param model name, or empty: the default of the scale
 * @param denoise how much noise is removed, where it was chosen
 * @param scale the enlargement asked for as a number, or empty
 * @param target how large it is to become
 * @param format to be written; empty: that of the input
 * @param quality of JPEG and WebP, if asked for
 * @param metadata what is kept
 * @param strict whether a damaged but readable picture is refused
 * @param ensemble whether eight flips and rotations are averaged
 * @param selfCheck what is asked of the result
 */
public record PictureRequest(
        String model,
        OptionalDouble denoise,
        Optional<BigDecimal> scale,
        TargetSize target,
        Optional<ImageType> format,
        OptionalInt quality,
        MetadataChoice metadata,
        boolean strict,
        boolean ensemble,
        SelfCheckMode selfCheck) {
    /** The names of all parameters. */
    public static final List<String> NAMES = List.of(
            "scale",
            "width",
            "height",
            "long_side",
            "model",
            "denoise",
            "format",
            "quality",
            "metadata",
            "strip",
            "strict",
            "ensemble",
            "self_check");

    private static final List<String> SIZES = List.of("scale", "width", "height", "long_side");
    private static final String SAME = "same";
    private static final int MOST_PIXELS = 1_000_000;
    private static final int LONGEST_NUMBER = 12;

    /**
     * Reads the parameters of a request.
     *
     * @throws Refusal if one is unknown or its value is not allowed; says what is
     */
    public static PictureRequest of(Map<String, String> parameters) throws Refusal {
        Set<String> unknown = new TreeSet<>(parameters.keySet());
        NAMES.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw Refusal.badRequest("there is no parameter '"
                    + printable(unknown.iterator().next()) + "'; " + String.join(", ", NAMES) + " are allowed");
        }
        return new Reader(parameters).request();
    }

    /** The enlargement asked for, if it is a whole number. */
    OptionalInt wholeScale() {
        return scale.filter(number -> number.stripTrailingZeros().scale() <= 0)
                .map(number -> OptionalInt.of(number.intValueExact()))
                .orElse(OptionalInt.empty());
    }

    /** The server's options with what is asked for. */
    UpscaleOptions options(UpscaleOptions ofServer) {
        UpscaleOptions options = ofServer.withTarget(target)
                .withMetadata(metadata)
                .withStrict(strict)
                .withEnsemble(ensemble)
                .withSelfCheck(selfCheck);
        return quality.isPresent() ? options.withJpegQuality(quality.getAsInt()) : options;
    }

    /** What may stand in an answer of what came in a request. */
    private static String printable(String value) {
        String plain = value.replaceAll("[^\\p{L}\\p{N} ._+-]", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "..." : plain;
    }

    /** Reads one parameter after the other. */
    private record Reader(Map<String, String> values) {

        PictureRequest request() throws Refusal {
            requireOneSize();
            Optional<BigDecimal> scale = scale();
            Optional<ImageType> format = format();
            OptionalInt quality = number("quality", 1, 100);
            boolean holdsQuality = format.isEmpty() || format.get() == ImageType.JPEG || format.get() == ImageType.WEBP;
            if (quality.isPresent() && !holdsQuality) {
                throw Refusal.badRequest("quality is for JPEG and WebP, and the output is neither; add format=jpg");
            }
            return new PictureRequest(
                    values.getOrDefault("model", ""),
                    denoise(),
                    scale,
                    target(scale),
                    format,
                    quality,
                    metadata(),
                    flag("strict"),
                    flag("ensemble"),
                    choice("self_check", SelfCheckMode.values(), SelfCheckMode.ON));
        }

        private void requireOneSize() throws Refusal {
            if (SIZES.stream().filter(values::containsKey).count() > 1) {
                throw Refusal.badRequest("scale, width, height and long_side are for one size; give only one of them");
            }
        }

        private Optional<BigDecimal> scale() throws Refusal {
            String value = values.get("scale");
            if (value == null) {
                return Optional.empty();
            }
            BigDecimal most = BigDecimal.valueOf((long) TargetSize.MAX_FACTOR);
            Optional<BigDecimal> factor = decimal(value);
            if (factor.isEmpty()
                    || factor.get().compareTo(BigDecimal.ONE) < 0
                    || factor.get().compareTo(most) > 0) {
                throw notAllowed("scale", value, "1 to 8 is allowed, also 1.5");
            }
            return factor;
        }

        private OptionalDouble denoise() throws Refusal {
            String value = values.get("denoise");
            if (value == null) {
                return OptionalDouble.empty();
            }
            Optional<BigDecimal> share = decimal(value);
            if (share.isEmpty() || share.get().signum() < 0 || share.get().compareTo(BigDecimal.ONE) > 0) {
                throw notAllowed("denoise", value, "0 to 1 is allowed, such as 0.5");
            }
            return OptionalDouble.of(share.get().doubleValue());
        }

        private TargetSize target(Optional<BigDecimal> scale) throws Refusal {
            OptionalInt width = number("width", 1, MOST_PIXELS);
            OptionalInt height = number("height", 1, MOST_PIXELS);
            OptionalInt longSide = number("long_side", 1, MOST_PIXELS);
            if (width.isPresent()) {
                return new TargetSize.Width(width.getAsInt());
            }
            if (height.isPresent()) {
                return new TargetSize.Height(height.getAsInt());
            }
            if (longSide.isPresent()) {
                return new TargetSize.LongSide(longSide.getAsInt());
            }
            return scale.isPresent() ? new TargetSize.Times(scale.get().doubleValue()) : TargetSize.OF_THE_NETWORK;
        }

        private Optional<ImageType> format() throws Refusal {
            String value = values.getOrDefault("format", ImageType.PNG.extension());
            if (value.equals(SAME)) {
                return Optional.empty();
            }
            Optional<ImageType> type = value.contains(".")
                    ? Optional.empty()
                    : ImageType.ofName(value).filter(ImageType::writable);
            if (type.isEmpty()) {
                throw notAllowed("format", value, "png, jpg, webp, tiff, gif and same are allowed");
            }
            return type;
        }

        private MetadataChoice metadata() throws Refusal {
            MetadataChoice choice = choice("metadata", MetadataChoice.values(), MetadataChoice.COLOURS);
            return flag("strip") ? MetadataChoice.NONE : choice;
        }

        private boolean flag(String name) throws Refusal {
            String value = values.getOrDefault(name, "false");
            return switch (value) {
                case "", "true", "1", "on", "yes" -> true;
                case "false", "0", "off", "no" -> false;
                default -> throw notAllowed(name, value, "true and false are allowed");
            };
        }

        private <E extends Enum<E>> E choice(String name, E[] all, E otherwise) throws Refusal {
            String value = values.get(name);
            if (value == null) {
                return otherwise;
            }
            return Arrays.stream(all)
                    .filter(one -> word(one).equals(value))
                    .findFirst()
                    .orElseThrow(() -> notAllowed(
                            name,
                            value,
                            Stream.of(all).map(Reader::word).collect(Collectors.joining(", ")) + " are allowed"));
        }

        private static String word(Enum<?> one) {
            return one.name().toLowerCase(Locale.ROOT);
        }

        private OptionalInt number(String name, int least, int most) throws Refusal {
            String value = values.get(name);
            if (value == null) {
                return OptionalInt.empty();
            }
            Optional<BigDecimal> number = decimal(value).filter(whole -> whole.scale() == 0);
            if (number.isEmpty()
                    || number.get().compareTo(BigDecimal.valueOf(least)) < 0
                    || number.get().compareTo(BigDecimal.valueOf(most)) > 0) {
                throw notAllowed(name, value, least + " to " + most + " is allowed");
            }
            return OptionalInt.of(number.get().intValueExact());
        }

        /** An ordinary number: no exponent, which could make a short text a long number. */
        private static Optional<BigDecimal> decimal(String value) {
            return value.length() <= LONGEST_NUMBER && value.matches("-?[0-9]+(\\.[0-9]+)?")
                    ? Optional.of(new BigDecimal(value))
                    : Optional.empty();
        }

        private static Refusal notAllowed(String name, String value, String allowed) {
            return Refusal.badRequest(name + " '" + printable(value) + "': " + allowed);
        }
    }
}
