package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import dev.repsr.image.SectionInput.Section;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the directory of a TIFF file's picture (TIFF 6.0, BigTIFF). What would have to be converted (CMYK, YCbCr, CIELab, numbers
 * with sign or point) or handed to another decoder (JPEG inside) is refused.
 */
final class TiffProbe {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int FILL_ORDER = 266;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_COUNTS = 279;
    private static final int PLANAR = 284;
    private static final int PREDICTOR = 317;
    private static final int PALETTE = 320;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_COUNTS = 325;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    /** None, LZW, deflate (two numbers), PackBits. */
    private static final Set<Long> BY_ROWS = Set.of(1L, 5L, 8L, 32773L, 32946L);
    /** The three bilevel ones of fax machines. */
    private static final Set<Long> FAX = Set.of(2L, 3L, 4L);

    private static final Set<Long> DEPTHS = Set.of(1L, 2L, 4L, 8L, 16L);
    /** More than any of the compressions can save. */
    private static final long MAX_RATIO = 4_096;

    private final String name;
    private final byte[] file;
    private final Bytes in;
    private final boolean big;
    private final TiffPages pages;
    private final TiffDirectory tags;
    private final List<String> warnings = new ArrayList<>();

    private TiffProbe(String name, byte[] file) throws ImageRefused {
        this.name = name;
        this.file = file;
        ByteOrder order = file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        this.in = new Bytes(file, 0, file.length, order);
        this.big = in.u16(2) == 43;
        this.pages = TiffPages.of(in, big);
        this.tags = pages.picture();
        if (pages.raw()) {
            throw RawPhotograph.refusal(name);
        }
        if (!tags.isComplete()) {
            throw new ImageRefused(
                    Reason.TOO_LARGE, name + " has more than " + TiffDirectory.MAX_ENTRIES + " TIFF tags");
        }
    }

    static Header probe(String name, byte[] file, ImageLimits limits) throws ImageRefused {
        return new TiffProbe(name, file).probe(limits);
    }

    private Header probe(ImageLimits limits) throws ImageRefused {
        limits.checkInput(name, tags.number(WIDTH, 0), tags.number(HEIGHT, 0));
        boolean tiled = tags.has(TILE_WIDTH);
        if (tiled) {
            limits.checkInput(name + " (in its tiles)", tags.number(TILE_WIDTH, 0), tags.number(TILE_HEIGHT, 0));
        }
        checkKind();
        if (pages.several()) {
            warnings.add(name + " has several pages; only the first one is read");
        }
        ImageMetadata metadata = TiffMetadata.of(name, in, tags, big, warnings);
        return byRows() ? byRows(tiled, metadata) : whole(metadata);
    }

    private boolean byRows() {
        long bits = tags.number(BITS, 1);
        boolean predictor = tags.number(PREDICTOR, 1) == 2;
        return big
                || (BY_ROWS.contains(tags.number(COMPRESSION, 1))
                        && DEPTHS.contains(bits)
                        && tags.number(FILL_ORDER, 1) == 1
                        && !(predictor && bits < 8));
    }

    /** The few kinds that are left to the decoder of Java's runtime. */
    private OtherHeader whole(ImageMetadata metadata) {
        boolean premultiplied = tags.number(EXTRA_SAMPLES, 0) == 1;
        List<Section> sections = List.of(new Section(file, 0, file.length));
        int width = (int) tags.number(WIDTH, 0);
        int height = (int) tags.number(HEIGHT, 0);
        // A palette's colours are looked up; the decoder may take a channel of unknown meaning for alpha.
        int channels = tags.number(PHOTOMETRIC, 1) == 3 ? 3 : Math.clamp(tags.number(SAMPLES, 1), 1, 4);
        int bitDepth = tags.number(BITS, 1) > 8 ? 16 : 8;
        return new OtherHeader(
                ImageType.TIFF, width, height, channels, bitDepth, premultiplied, sections, metadata, warnings);
    }

    private void checkKind() throws ImageRefused {
        for (int tag : new int[] {BITS, COMPRESSION, PHOTOMETRIC}) {
            TiffDirectory.Entry entry = tags.entry(tag);
            if (entry != null && entry.type() != TiffDirectory.SHORT) {
                throw damaged("tag " + tag + " is no SHORT");
            }
        }
        long bits = tags.number(BITS, 1);
        long compression = tags.number(COMPRESSION, 1);
        if (tags.number(PHOTOMETRIC, 1) > 3) {
            throw unsupported("neither grey nor RGB (kind " + tags.number(PHOTOMETRIC, 1) + ")");
        }
        if (!BY_ROWS.contains(compression) && (big || !FAX.contains(compression))) {
            throw unsupported("compressed in a way that is not read (" + compression + ")");
        }
        if (tags.number(SAMPLE_FORMAT, 1) != 1 || bits > 16 || (big && !DEPTHS.contains(bits))) {
            throw unsupported("of " + bits + "-bit samples that are not plain numbers of up to 16 bits");
        }
        for (long each : tags.numbers(BITS)) {
            if (each != bits) {
                throw unsupported("whose channels have different depths");
            }
        }
        if (big && tags.number(FILL_ORDER, 1) != 1) {
            throw unsupported("whose bits run backwards");
        }
        long predictor = tags.number(PREDICTOR, 1);
        if (predictor > 2 || (big && predictor == 2 && bits < 8)) {
            throw unsupported("with a predictor that is not read (" + predictor + ")");
        }
    }

    private TiffHeader byRows(boolean tiled, ImageMetadata metadata) throws ImageRefused {
        int width = (int) tags.number(WIDTH, 0);
        int height = (int) tags.number(HEIGHT, 0);
        int samples = samples();
        int bits = (int) tags.number(BITS, 1);
        int tileWidth = tiled ? (int) tags.number(TILE_WIDTH, 0) : width;
        int tileHeight =
                (int) (tiled ? tags.number(TILE_HEIGHT, 0) : Math.min(height, tags.number(ROWS_PER_STRIP, height)));
        if (tileHeight < 1) {
            throw damaged("its strips have no rows");
        }
        boolean planar = tags.number(PLANAR, 1) == 2 && samples > 1;
        int compression = (int) tags.number(COMPRESSION, 1);
        long[] offsets = tags.numbers(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
        long[] counts = counts(tiled ? TILE_COUNTS : STRIP_COUNTS, offsets);
        int alpha = alpha(samples);
        TiffHeader header = new TiffHeader(
                file,
                in.order(),
                width,
                height,
                samples,
                bits,
                (int) tags.number(PHOTOMETRIC, 1),
                alpha,
                alpha >= 0 && extraSample(alpha) == 1,
                planar,
                compression == 32946 ? 8 : compression,
                tags.number(PREDICTOR, 1) == 2,
                tileWidth,
                tileHeight,
                offsets,
                counts,
                palette(bits),
                metadata,
                warnings);
        checkTiles(header);
        return header;
    }

    private int samples() throws ImageRefused {
        long colours = tags.number(PHOTOMETRIC, 1) == 2 ? 3 : 1;
        long samples = tags.number(SAMPLES, Math.max(1, tags.count(BITS)));
        if (samples < colours || samples > 8) {
            throw unsupported("of " + samples + " channels");
        }
        return (int) samples;
    }

    private int alpha(int samples) {
        int colours = tags.number(PHOTOMETRIC, 1) == 2 ? 3 : 1;
        for (int i = colours; i < samples && tags.number(PHOTOMETRIC, 1) != 3; i++) {
            if (extraSample(i) == 1 || extraSample(i) == 2) {
                return i;
            }
        }
        if (samples > colours) {
            warnings.add(name + " has channels of unknown meaning; they are left out");
        }
        return -1;
    }

    /** What sample {@code index} is: 1 alpha that the colours are multiplied with, 2 plain alpha, 0 unknown. */
    private long extraSample(int index) {
        int colours = tags.number(PHOTOMETRIC, 1) == 2 ? 3 : 1;
        long[] kinds = tags.numbers(EXTRA_SAMPLES);
        return index - colours < kinds.length ? kinds[index - colours] : 0;
    }

    /** Old files state no lengths; a strip then ends with the file at the latest. */
    private long[] counts(int tag, long[] offsets) {
        long[] counts = tags.numbers(tag);
        if (counts.length >= offsets.length) {
            return counts;
        }
        warnings.add(name + " does not say how long its strips are");
        long[] rest = Arrays.copyOf(counts, offsets.length);
        for (int i = counts.length; i < rest.length; i++) {
            rest[i] = Math.max(0, file.length - offsets[i]);
        }
        return rest;
    }

    private void checkTiles(TiffHeader header) throws ImageRefused {
        long tiles = (long) header.tilesAcross() * header.tilesDown() * (header.planar() ? header.samples() : 1);
        if (header.offsets().length < tiles) {
            throw damaged("it has " + header.offsets().length + " strips or tiles where " + tiles + " are needed");
        }
        long stored = 0;
        for (int i = 0; i < tiles; i++) {
            long offset = header.offsets()[i];
            if (offset < 0 || offset > file.length || header.counts()[i] < 0) {
                throw damaged("a strip or tile lies beyond its end");
            }
            stored += Math.min(header.counts()[i], file.length - offset);
        }
        long bits = (long) header.width() * header.height() * header.samples() * header.bits();
        if (bits / 8 > stored * (header.compression() == 1 ? 1 : MAX_RATIO)) {
            throw damaged("it has too few bytes for its " + header.width() + "x" + header.height() + " pixels");
        }
    }

    private int[] palette(int bits) throws ImageRefused {
        if (tags.number(PHOTOMETRIC, 1) != 3) {
            return new int[0];
        }
        long[] values = tags.numbers(PALETTE);
        if (bits > 8 || values.length < 3 << bits) {
            throw damaged("it has no palette for its " + bits + "-bit pixels");
        }
        return Arrays.stream(values)
                .limit(3L << bits)
                .mapToInt(value -> (int) value & 0xFFFF)
                .toArray();
    }

    private ImageRefused damaged(String what) {
        return new ImageRefused(Reason.DAMAGED, name + " is a damaged TIFF file: " + what);
    }

    private ImageRefused unsupported(String what) {
        return new ImageRefused(Reason.UNSUPPORTED, name + " is a TIFF " + what + "; convert it to an RGB PNG");
    }

    /** Bytes of a directory's tag as metadata. */
    static @Nullable MetadataBytes block(TiffDirectory tags, int tag, int most) {
        byte[] bytes = tags.bytes(tag, most);
        return bytes == null || bytes.length == 0 ? null : new MetadataBytes(bytes);
    }
}
