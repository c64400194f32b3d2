package dev.repsr.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a TIFF file is its picture: the first one that is no smaller copy and no mask of another one (TIFF 6.0,
 * NewSubfileType). Such a page may stand in front, and the picture may be a page of it.
 *
 * @param picture the page
 * @param several whether there are more pages of that kind
 * @param raw whether the file holds a camera's raw photograph, of which other pages are previews
 */
record TiffPages(TiffDirectory picture, boolean several, boolean raw) {
    private static final int KIND = 254;
    private static final int OLD_KIND = 255;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int INNER_PAGES = 330;
    private static final int DNG_VERSION = 50_706;
    private static final long SMALLER = 1;
    private static final long MASK = 4;
    private static final long OLD_SMALLER = 2;
    private static final int MOST_PAGES = 64;
    /** A mosaic of the sensor's colours; the same with all colours at each pixel. */
    private static final Set<Long> RAW_KINDS = Set.of(32_803L, 34_892L);
    /** Sony's, Nikon's. */
    private static final Set<Long> RAW_COMPRESSIONS = Set.of(32_767L, 34_713L);

    private static final String CANON = "CR\2\0";
    private static final int CANON_AT = 8;

    static TiffPages of(Bytes in, boolean big) {
        TiffDirectory first = TiffDirectory.read(in, big, big ? in.u64(8) : in.u32(4));
        List<TiffDirectory> row = new ArrayList<>(List.of(first));
        addFollowing(row, in, big);
        List<TiffDirectory> inner = inner(first, in, big);
        List<TiffDirectory> all = new ArrayList<>(row);
        all.addAll(inner);
        boolean raw = first.has(DNG_VERSION)
                || in.has(CANON_AT, CANON)
                || all.stream().anyMatch(TiffPages::isRaw);
        List<TiffDirectory> full =
                row.stream().filter(page -> !isSmallerOrMask(page)).toList();
        TiffDirectory picture = full.isEmpty()
                ? inner.stream()
                        .filter(page -> !isSmallerOrMask(page))
                        .findFirst()
                        .orElse(first)
                : full.getFirst();
        return new TiffPages(picture, full.size() > 1, raw);
    }

    private static void addFollowing(List<TiffDirectory> row, Bytes in, boolean big) {
        long next = row.getFirst().next();
        while (next != 0 && row.size() < MOST_PAGES) {
            TiffDirectory page = read(in, big, next);
            if (page == null) {
                return;
            }
            row.add(page);
            next = page.next();
        }
    }

    private static List<TiffDirectory> inner(TiffDirectory first, Bytes in, boolean big) {
        List<TiffDirectory> inner = new ArrayList<>();
        if (first.count(INNER_PAGES) <= MOST_PAGES) {
            for (long at : first.numbers(INNER_PAGES)) {
                TiffDirectory page = read(in, big, at);
                if (page != null) {
                    inner.add(page);
                }
            }
        }
        return inner;
    }

    /** Null if it is not whole: what may be wrong with other pages is no reason against a picture. */
    private static @Nullable TiffDirectory read(Bytes in, boolean big, long at) {
        try {
            return TiffDirectory.read(in, big, at);
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static boolean isSmallerOrMask(TiffDirectory page) {
        return (page.number(KIND, 0) & (SMALLER | MASK)) != 0 || page.number(OLD_KIND, 0) == OLD_SMALLER;
    }

    private static boolean isRaw(TiffDirectory page) {
        return RAW_KINDS.contains(page.number(PHOTOMETRIC, 0))
                || RAW_COMPRESSIONS.contains(page.number(COMPRESSION, 0));
    }
}
