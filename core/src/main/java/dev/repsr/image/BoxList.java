package dev.repsr.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The boxes of an ISO base media file (ISO/IEC 14496-12, 4.2) between two positions, found without looking into them. */
final class BoxList {
    private static final int MOST = 10_000;

    /**
     * A box.
     *
     * @param type four letters
     * @param from where its content begins
     * @param to behind its content
     */
    record Box(String type, int from, int to) {}

    private BoxList() {}

    /** @throws IndexOutOfBoundsException if a box is not whole */
    static List<Box> of(byte[] file, long from, long to) {
        Bytes in = Bytes.bigEndian(file);
        List<Box> boxes = new ArrayList<>();
        long at = from;
        while (at + 8 <= to && boxes.size() < MOST) {
            long length = in.u32(at);
            long head = 8;
            if (length == 1) {
                length = in.u64(at + 8);
                head = 16;
            } else if (length == 0) {
                length = to - at;
            }
            if (length < head || length > to - at) {
                throw new IndexOutOfBoundsException("a box of " + length + " bytes");
            }
            String type = new String(file, (int) at + 4, 4, StandardCharsets.ISO_8859_1);
            boxes.add(new Box(type, (int) (at + head), (int) (at + length)));
            at += length;
        }
        return boxes;
    }

    /** The first box of a type. */
    static Optional<Box> first(List<Box> boxes, String type) {
        return boxes.stream().filter(box -> box.type().equals(type)).findFirst();
    }
}
