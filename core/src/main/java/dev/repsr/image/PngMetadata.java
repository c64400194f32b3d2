package dev.repsr.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the chunks of a PNG say besides its pixels. Only the profile and packed texts with whole metadata are inflated,
 * within their limits, and nothing is parsed but EXIF's orientation. EXIF data behind the pixels, or in a text, turns nothing: who
 * shows a picture while it loads does not know it yet. It stays as it is.
 */
final class PngMetadata {
    private final String name;
    private final byte[] file;
    private final Bytes in;
    private final List<String> warnings;
    private final List<PngChunk> chunks = new ArrayList<>();
    private @Nullable IccProfile profile;
    private ImageMetadata.@Nullable Density density;
    private int orientation = 1;
    private @Nullable MetadataBytes exif;
    private @Nullable MetadataBytes exifText;
    private @Nullable MetadataBytes xmp;
    private @Nullable MetadataBytes iptc;

    /** @param warnings gets a sentence for each thing that is left out since it is damaged */
    PngMetadata(String name, byte[] file, List<String> warnings) {
        this.name = name;
        this.file = file;
        this.in = Bytes.bigEndian(file);
        this.warnings = warnings;
    }

    ImageMetadata metadata() {
        MetadataBytes found = exif == null ? exifText : exif;
        return new ImageMetadata(profile, density, orientation, found, xmp, iptc, chunks);
    }

    /** Takes the content of a chunk in front of the pixels. */
    void before(String kind, int from, int to) {
        if (kind.equals("iCCP")) {
            profile = profile(from, to);
        } else if (kind.equals("pHYs") && to - from == 9 && in.u8(from + 8) == 1) {
            density(in.u32(from), in.u32(from + 4));
        } else if (kind.equals("eXIf") && exif == null) {
            orientation = ExifOrientation.of(file, from, to);
            exif = bytes(from, to);
        } else if (PngColours.length(kind) == 0) {
            text(kind, from, to);
        } else if (PngColours.length(kind) != to - from) {
            warnings.add(name + " has a chunk " + kind + " of " + (to - from) + " bytes; it is left out");
        } else if (chunks.stream().noneMatch(chunk -> chunk.name().equals(kind))) {
            chunks.add(new PngChunk(kind, bytes(from, to)));
        }
    }

    /** Takes the content of a chunk behind the pixels. */
    void behind(String kind, int from, int to) {
        if (kind.equals("eXIf") && exif == null) {
            exif = bytes(from, to);
        } else {
            text(kind, from, to);
        }
    }

    private void text(String kind, int from, int to) {
        PngChunk chunk = new PngChunk(kind, bytes(from, to));
        if (chunk.isText() && !isWholeMetadata(chunk, from, to)) {
            chunks.add(chunk);
        }
    }

    /** Whether the text is metadata of another kind, which is taken over as such. */
    private boolean isWholeMetadata(PngChunk chunk, int from, int to) {
        if (chunk.name().equals("iTXt")) {
            MetadataBytes packet = PngText.xmp(file, from, to);
            xmp = xmp == null ? packet : xmp;
            return packet != null;
        }
        byte[] raw = PngText.rawProfile(file, from, to, chunk.name().equals("zTXt"));
        return switch (chunk.keyword()) {
            case PngText.IPTC, PngText.PHOTOSHOP -> {
                MetadataBytes records = PhotoshopResources.iptc(raw, 0, raw.length);
                iptc = iptc == null ? records : iptc;
                yield records != null;
            }
            case PngText.EXIF, PngText.SEGMENT -> {
                boolean found = Bytes.bigEndian(raw).has(0, JpegOutput.EXIF);
                exifText = found
                        ? new MetadataBytes(Arrays.copyOfRange(raw, JpegOutput.EXIF.length(), raw.length))
                        : exifText;
                yield found;
            }
            default -> false;
        };
    }

    private MetadataBytes bytes(int from, int to) {
        return new MetadataBytes(Arrays.copyOfRange(file, from, to));
    }

    private void density(long x, long y) {
        if (x > 0 && y > 0 && x < 10_000_000 && y < 10_000_000) {
            density = ImageMetadata.Density.perMetre((double) x, (double) y);
        }
    }

    /** The profile; one that is too large or broken is left out with a warning. */
    private @Nullable IccProfile profile(int from, int to) {
        int at = from;
        while (at < to && in.u8(at) != 0) {
            at++;
        }
        int start = Math.min(at + 2, to);
        byte[] bytes = new byte[Math.max(0, inflate(start, to, new byte[1 << 12]))];
        inflate(start, to, bytes);
        return IccProfile.sound(name, bytes, warnings);
    }

    /**
     * Inflates into {@code target}, from its beginning again whenever it is full: a first pass through a small array finds
     * the length, so that a bomb costs no memory.
     *
     * @return the length, or -1 if the data is damaged or larger than a profile may be
     */
    private int inflate(int from, int to, byte[] target) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(file, from, to - from);
            long total = 0;
            while (!inflater.finished()) {
                int n = inflater.inflate(target);
                total += n;
                if ((n == 0 && !inflater.finished()) || total > IccProfile.MAX_BYTES) {
                    return -1;
                }
            }
            return (int) total;
        } catch (DataFormatException e) {
            return -1;
        } finally {
            inflater.end();
        }
    }
}
