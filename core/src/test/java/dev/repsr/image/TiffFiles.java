package dev.repsr.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.TreeMap;

/** TIFF files of several grey pages, as cameras, scanners and viewers write them. */
public final class TiffFiles {
    private static final int HEADER = 8;
    private static final int MOSAIC = 32_803;

    private TiffFiles() {}

    /**
     * A page, all of one grey.
     *
     * @param kind 0 full, 1 a smaller copy, 4 a mask
     * @param photometric 1 grey, 32803 a sensor's mosaic
     * @param inner whether it is a page of the first one, rather than the next one
     */
    record Page(int width, int height, int kind, int photometric, boolean inner, int grey) {
        static Page of(int width, int height, int kind, int grey) {
            return new Page(width, height, kind, 1, false, grey);
        }
    }

    /** A DNG: a preview, and whatever else. */
    public static byte[] dng() {
        return file(true, Page.of(16, 12, 1, 90), new Page(64, 48, 0, 1, true, 200));
    }

    /** A NEF or ARW: a preview, and in it the mosaic of the sensor. */
    public static byte[] mosaic() {
        return file(false, Page.of(16, 12, 1, 90), new Page(64, 48, 0, MOSAIC, true, 200));
    }

    /** A CR2: a preview, with Canon's mark in the header. */
    public static byte[] canon() {
        byte[] tiff = file(false, Page.of(16, 12, 0, 90));
        byte[] moved = new byte[tiff.length + 8];
        System.arraycopy(tiff, 0, moved, 0, HEADER);
        System.arraycopy(tiff, HEADER, moved, HEADER + 8, tiff.length - HEADER);
        ByteBuffer file = ByteBuffer.wrap(moved).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(4, HEADER + 8).putInt(HEADER, 'C' | 'R' << 8 | 2 << 16);
        return moved;
    }

    static byte[] file(boolean dng, Page... pages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(header.putInt(0x002A4949).putInt(HEADER).array());
        int inner = 0;
        int at = HEADER;
        int[] starts = new int[pages.length];
        for (int i = 0; i < pages.length; i++) {
            starts[i] = at;
            inner = pages[i].inner() ? at : inner;
            at += directory(pages[i], at, i == 0 && has(pages), i == 0 && dng, 0, 0).length
                    + pages[i].width() * pages[i].height();
        }
        for (int i = 0; i < pages.length; i++) {
            int next = i + 1 < pages.length && !pages[i + 1].inner() ? starts[i + 1] : 0;
            out.writeBytes(directory(pages[i], starts[i], i == 0 && has(pages), i == 0 && dng, inner, next));
            byte[] pixels = new byte[pages[i].width() * pages[i].height()];
            Arrays.fill(pixels, (byte) pages[i].grey());
            out.writeBytes(pixels);
        }
        return out.toByteArray();
    }

    private static boolean has(Page... pages) {
        return Arrays.stream(pages).anyMatch(Page::inner);
    }

    private static byte[] directory(Page page, int at, boolean hasInner, boolean dng, int inner, int next) {
        TreeMap<Integer, Integer> tags = new TreeMap<>();
        tags.put(254, page.kind());
        tags.put(256, page.width());
        tags.put(257, page.height());
        tags.put(258, 8);
        tags.put(259, 1);
        tags.put(262, page.photometric());
        tags.put(277, 1);
        tags.put(278, page.height());
        tags.put(279, page.width() * page.height());
        tags.put(273, 0);
        if (hasInner) {
            tags.put(330, inner);
        }
        if (dng) {
            tags.put(50_706, 1);
        }
        int bytes = 2 + 12 * tags.size() + 4;
        tags.put(273, at + bytes);
        ByteBuffer directory = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        directory.putShort((short) tags.size());
        tags.forEach((tag, value) -> {
            boolean isShort = tag == 258 || tag == 259 || tag == 262 || tag == 277;
            directory
                    .putShort((short) (int) tag)
                    .putShort((short) (isShort ? 3 : 4))
                    .putInt(1)
                    .putInt(value);
        });
        return directory.putInt(next).array();
    }
}
