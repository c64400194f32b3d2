package dev.repsr.image;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a picture's metadata a file of some format holds. It is settled here once for those that warn and those that write, so that
 * nothing is written that is said to be left out, nor the other way round.
 *
 * @param metadata to be written, all of it
 * @param losses one sentence for each thing that is left out
 */
record KeptMetadata(ImageMetadata metadata, List<String> losses) {
    private static final int MOST_KEYWORDS = 4;

    static KeptMetadata of(PictureFormat format, ImageMetadata metadata, ImageType type) {
        List<String> losses = new ArrayList<>();
        IccProfile profile = profile(format, metadata.profile(), type, losses);
        boolean png = type == ImageType.PNG;
        if (!png) {
            chunks(metadata, type, losses);
        }
        return new KeptMetadata(
                new ImageMetadata(
                        profile,
                        metadata.density(),
                        metadata.orientation(),
                        block("EXIF", metadata.exif(), type, JpegOutput.EXIF, bytes -> bytes, losses),
                        block("XMP", metadata.xmp(), type, JpegOutput.XMP, bytes -> bytes, losses),
                        block("IPTC", metadata.iptc(), type, JpegOutput.PHOTOSHOP, PhotoshopResources::of, losses),
                        png ? metadata.chunks() : List.of()),
                losses);
    }

    private static @Nullable IccProfile profile(
            PictureFormat format, @Nullable IccProfile profile, ImageType type, List<String> losses) {
        boolean asRgb = type == ImageType.WEBP && format.colourChannels() == 1;
        if (profile != null && (type == ImageType.GIF || asRgb || !profile.describes(format))) {
            losses.add("the colour profile does not fit a " + type.title() + " of these colours and is left out");
            return null;
        }
        return profile;
    }

    private static void chunks(ImageMetadata metadata, ImageType type, List<String> losses) {
        if (PngColours.matter(metadata.chunks(), metadata.profile())) {
            String names = metadata.chunks().stream()
                    .filter(chunk -> !chunk.isText())
                    .map(PngChunk::name)
                    .collect(Collectors.joining(", "));
            losses.add("what the PNG says of its colours (" + names + ") has no place in a " + type.title()
                    + " and is left out, so colours may look different");
        }
        List<String> keywords = metadata.chunks().stream()
                .filter(PngChunk::isText)
                .map(PngChunk::keyword)
                .distinct()
                .toList();
        if (!keywords.isEmpty()) {
            String named = keywords.stream().limit(MOST_KEYWORDS).collect(Collectors.joining(", "));
            losses.add("the texts of the PNG (" + named + (keywords.size() > MOST_KEYWORDS ? ", ..." : "")
                    + ") have no place in a " + type.title() + " and are left out");
        }
    }

    private static @Nullable MetadataBytes block(
            String what,
            @Nullable MetadataBytes data,
            ImageType type,
            String begins,
            UnaryOperator<byte[]> content,
            List<String> losses) {
        if (data == null) {
            return null;
        }
        if (type == ImageType.GIF || (type == ImageType.WEBP && what.equals("IPTC"))) {
            losses.add(type.title() + " holds no " + what + " data; it is left out");
            return null;
        }
        if (type == ImageType.JPEG && begins.length() + content.apply(data.bytes()).length > JpegOutput.MAX_SEGMENT) {
            losses.add("the " + what + " data of " + data.length() + " bytes is too long for a JPEG; it is left out");
            return null;
        }
        return data;
    }
}
