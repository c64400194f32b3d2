package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import dev.repsr.image.SectionInput.Section;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first directory of a TIFF file (TIFF 6.0). What the decoder would have to convert (CMYK, YCbCr, CIELab,
 * numbers with sign or point) or hand to another decoder (JPEG inside) is refused.
 */
final class TiffProbe {
    private static final int MAX_ENTRIES = 512;
    private static final int SHORT = 3;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int RESOLUTION_X = 282;
    private static final int RESOLUTION_Y = 283;
    private static final int RESOLUTION_UNIT = 296;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int PROFILE = 34675;
    /** None, the three bilevel ones, LZW, deflate (two numbers), PackBits. */
    private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 8L, 32773L, 32946L);

    private record Entry(int type, long count, long at) {}

    private final String name;
    private final byte[] file;
    private final Bytes in;
    private final Map<Integer, Entry> entries = new HashMap<>();

    private TiffProbe(String name, byte[] file) {
        this.name = name;
        this.file = file;
        ByteOrder order = file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        this.in = new Bytes(file, 0, file.length, order);
    }

    static OtherHeader probe(String name, byte[] file, ImageLimits limits) throws ImageRefused {
        return new TiffProbe(name, file).probe(limits);
    }

    private OtherHeader probe(ImageLimits limits) throws ImageRefused {
        readDirectory(in.u32(4));
        long width = value(WIDTH, 0);
        long height = value(HEIGHT, 0);
        limits.checkInput(name, width, height);
        if (entries.containsKey(TILE_WIDTH)) {
            limits.checkInput(name + " (in its tiles)", value(TILE_WIDTH, 0), value(TILE_HEIGHT, 0));
        }
        checkKind();
        boolean premultiplied = value(EXTRA_SAMPLES, 0) == 1;
        int orientation = ExifOrientation.of(file, 0, file.length);
        ImageMetadata metadata = new ImageMetadata(profile(), density(), orientation);
        List<Section> whole = List.of(new Section(file, 0, file.length));
        return new OtherHeader(ImageType.TIFF, (int) width, (int) height, premultiplied, whole, metadata, List.of());
    }

    private void readDirectory(long directory) throws ImageRefused {
        int count = in.u16(directory);
        if (count > MAX_ENTRIES) {
            throw new ImageRefused(Reason.TOO_LARGE, name + " has more than " + MAX_ENTRIES + " TIFF tags");
        }
        for (int i = 0; i < count; i++) {
            long at = directory + 2 + 12L * i;
            entries.put(in.u16(at), new Entry(in.u16(at + 2), in.u32(at + 4), at + 8));
        }
    }

    private void checkKind() throws ImageRefused {
        for (int tag : new int[] {BITS, COMPRESSION, PHOTOMETRIC}) {
            Entry entry = entries.get(tag);
            // The decoder makes black of what has another type here.
            if (entry != null && entry.type() != SHORT) {
                throw new ImageRefused(Reason.DAMAGED, name + " is a damaged TIFF file: tag " + tag + " is no SHORT");
            }
        }
        long bits = value(BITS, 1);
        long photometric = value(PHOTOMETRIC, 1);
        if (photometric > 3) {
            throw unsupported("neither grey nor RGB (kind " + photometric + ")");
        }
        if (!COMPRESSIONS.contains(value(COMPRESSION, 1))) {
            throw unsupported("compressed in a way that is not read (" + value(COMPRESSION, 1) + ")");
        }
        if (value(SAMPLE_FORMAT, 1) != 1 || bits > 16) {
            throw unsupported("of " + bits + "-bit samples that are not plain numbers of up to 16 bits");
        }
    }

    private ImageRefused unsupported(String what) {
        return new ImageRefused(Reason.UNSUPPORTED, name + " is a TIFF " + what + "; convert it to an RGB PNG");
    }

    /** The first value of a tag of whole numbers, or what stands for a missing one. */
    private long value(int tag, long missing) {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return missing;
        }
        int size = entry.type() == SHORT ? 2 : 4;
        long at = entry.count() * size > 4 ? in.u32(entry.at()) : entry.at();
        return switch (entry.type()) {
            case 1 -> in.u8(entry.at());
            case SHORT -> in.u16(at);
            case 4 -> in.u32(at);
            default -> missing;
        };
    }

    private ImageMetadata.@Nullable Density density() {
        double unit = value(RESOLUTION_UNIT, 2) == 3 ? 2.54 : 1;
        double x = rational(RESOLUTION_X) * unit;
        double y = rational(RESOLUTION_Y) * unit;
        boolean known = value(RESOLUTION_UNIT, 2) > 1 && x > 0 && y > 0 && x < 1e6 && y < 1e6;
        return known ? new ImageMetadata.Density(x, y) : null;
    }

    private double rational(int tag) {
        Entry entry = entries.get(tag);
        if (entry == null || entry.type() != 5) {
            return 0;
        }
        long at = in.u32(entry.at());
        long divisor = in.u32(at + 4);
        return divisor == 0 ? 0 : in.u32(at) / (double) divisor;
    }

    private @Nullable IccProfile profile() {
        Entry entry = entries.get(PROFILE);
        if (entry == null || entry.count() < 128 || entry.count() > IccProfile.MAX_BYTES) {
            return null;
        }
        long at = in.u32(entry.at());
        if (at + entry.count() > file.length) {
            return null;
        }
        return new IccProfile(Arrays.copyOfRange(file, (int) at, (int) (at + entry.count())));
    }
}
