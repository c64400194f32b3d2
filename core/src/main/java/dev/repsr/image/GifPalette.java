package dev.repsr.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * At most 255 colours for a picture: its own where it has no more, else the means of boxes that the colour space is cut into
 * at the medians (Heckbert 1982). Black and white stay exact where the picture has them.
 */
final class GifPalette {
    /** One of 256 is left for what is transparent. */
    static final int MOST = 255;

    /** Colours of five bits a channel. */
    static final int BINS = 1 << 15;

    private final int[] colours;
    /** Palette index of each bin of five bits a channel, plus one; 0 is not known yet. */
    private final short[] nearest = new short[BINS];
    /** Whether the colours are the picture's own, sorted. */
    private final boolean exact;

    private GifPalette(int[] colours, boolean exact) {
        this.colours = colours;
        this.exact = exact;
    }

    /** @param pixels alpha, red, green, blue each; below half of alpha they do not count */
    static GifPalette of(int[] pixels) {
        Set<Integer> few = new HashSet<>();
        for (int pixel : pixels) {
            if (pixel < 0) {
                few.add(pixel & 0xFFFFFF);
                if (few.size() > MOST) {
                    return new GifPalette(cut(pixels), false);
                }
            }
        }
        int[] colours = few.stream().mapToInt(Integer::intValue).sorted().toArray();
        return new GifPalette(colours, true);
    }

    private record Box(List<Integer> bins, long weight) {}

    private static int[] cut(int[] pixels) {
        long[][] sums = new long[BINS][];
        boolean black = false;
        boolean white = false;
        for (int pixel : pixels) {
            if (pixel < 0) {
                int bin = bin(pixel);
                sums[bin] = sums[bin] == null ? new long[4] : sums[bin];
                sums[bin][0]++;
                for (int c = 0; c < 3; c++) {
                    sums[bin][1 + c] += pixel >> (16 - 8 * c) & 0xFF;
                }
                black |= pixel == 0xFF000000;
                white |= pixel == -1;
            }
        }
        List<Integer> all = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            if (sums[bin] != null) {
                all.add(bin);
            }
        }
        List<Box> boxes = boxes(all, sums);
        int extra = (black ? 1 : 0) + (white ? 1 : 0);
        int[] colours = new int[boxes.size() + extra];
        for (int i = 0; i < boxes.size(); i++) {
            colours[i] = mean(boxes.get(i), sums);
        }
        if (white) {
            colours[colours.length - 1] = 0xFFFFFF;
        }
        return colours;
    }

    private static List<Box> boxes(List<Integer> all, long[][] sums) {
        List<Box> boxes = new ArrayList<>();
        boxes.add(box(all, sums));
        while (boxes.size() < MOST - 2) {
            int widest = -1;
            for (int i = 0; i < boxes.size(); i++) {
                if (boxes.get(i).bins().size() > 1 && (widest < 0 || rank(boxes.get(i)) > rank(boxes.get(widest)))) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return boxes;
            }
            Box box = boxes.remove(widest);
            split(box, sums, boxes);
        }
        return boxes;
    }

    private static double rank(Box box) {
        return box.weight() * (double) spread(box.bins(), longest(box.bins()));
    }

    private static void split(Box box, long[][] sums, List<Box> boxes) {
        int shift = longest(box.bins());
        List<Integer> sorted = new ArrayList<>(box.bins());
        sorted.sort((a, b) -> Integer.compare(a >> shift & 31, b >> shift & 31));
        long half = box.weight() / 2;
        int at = 0;
        for (long seen = 0; at < sorted.size() - 1 && (at == 0 || seen < half); at++) {
            seen += sums[sorted.get(at)][0];
        }
        boxes.add(box(sorted.subList(0, at), sums));
        boxes.add(box(sorted.subList(at, sorted.size()), sums));
    }

    private static int longest(List<Integer> bins) {
        int best = 10;
        for (int shift : new int[] {5, 0}) {
            best = spread(bins, shift) > spread(bins, best) ? shift : best;
        }
        return best;
    }

    private static int spread(List<Integer> bins, int shift) {
        int least = 31;
        int most = 0;
        for (int bin : bins) {
            least = Math.min(least, bin >> shift & 31);
            most = Math.max(most, bin >> shift & 31);
        }
        return most - least;
    }

    private static Box box(List<Integer> bins, long[][] sums) {
        return new Box(
                List.copyOf(bins), bins.stream().mapToLong(bin -> sums[bin][0]).sum());
    }

    private static int mean(Box box, long[][] sums) {
        int colour = 0;
        for (int c = 0; c < 3; c++) {
            long sum = 0;
            for (int bin : box.bins()) {
                sum += sums[bin][1 + c];
            }
            colour = colour << 8 | (int) ((sum + box.weight() / 2) / box.weight());
        }
        return colour;
    }

    private static int bin(int colour) {
        return (colour >> 9 & 0x7C00) | (colour >> 6 & 0x3E0) | (colour >> 3 & 0x1F);
    }

    int[] colours() {
        return colours.clone();
    }

    boolean isExact() {
        return exact;
    }

    /** Index of the colour that is nearest to {@code colour}: exactly where it is one of the palette or an end of grey. */
    int index(int colour) {
        int rgb = colour & 0xFFFFFF;
        if (exact) {
            return Arrays.binarySearch(colours, rgb);
        }
        if (rgb == 0 || rgb == 0xFFFFFF) {
            return search(rgb);
        }
        int bin = bin(rgb);
        if (nearest[bin] == 0) {
            nearest[bin] = (short) (1 + search((bin >> 10) << 19 | (bin >> 5 & 31) << 11 | (bin & 31) << 3 | 0x040404));
        }
        return nearest[bin] - 1;
    }

    private int search(int colour) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < colours.length; i++) {
            int red = (colours[i] >> 16 & 0xFF) - (colour >> 16 & 0xFF);
            int green = (colours[i] >> 8 & 0xFF) - (colour >> 8 & 0xFF);
            int blue = (colours[i] & 0xFF) - (colour & 0xFF);
            int distance = 2 * red * red + 4 * green * green + blue * blue;
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }
}
