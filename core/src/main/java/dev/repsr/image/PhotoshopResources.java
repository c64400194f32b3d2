package dev.repsr.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Image resource blocks of Photoshop, of which only the IPTC records (0x0404) are looked at. */
final class PhotoshopResources {
    private static final int IPTC = 0x0404;
    private static final int MAX_BLOCKS = 1_000;

    private PhotoshopResources() {}

    /** The IPTC records among the blocks, if there are any; blocks that make no sense end the search. */
    static @Nullable MetadataBytes iptc(byte[] bytes, int from, int to) {
        Bytes in = new Bytes(bytes, from, to, ByteOrder.BIG_ENDIAN);
        long at = 0;
        for (int i = 0; i < MAX_BLOCKS && in.has(at, "8BIM") && at + 12 <= in.length(); i++) {
            int name = in.u8(at + 6);
            long sizeAt = at + 6 + name + 2 - name % 2;
            if (sizeAt + 4 > in.length()) {
                return null;
            }
            long size = in.u32(sizeAt);
            if (size > in.length() - sizeAt - 4) {
                return null;
            }
            if (in.u16(at + 4) == IPTC) {
                return size == 0 ? null : new MetadataBytes(in.copy(sizeAt + 4, (int) size));
            }
            at = sizeAt + 4 + (size + 1) / 2 * 2;
        }
        return null;
    }

    /** One block that holds the IPTC records. */
    static byte[] of(byte[] iptc) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("8BIM".getBytes(StandardCharsets.US_ASCII));
        out.write(IPTC >> 8);
        out.write(IPTC);
        out.write(0);
        out.write(0);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(iptc.length >>> shift);
        }
        out.writeBytes(iptc);
        if (iptc.length % 2 == 1) {
            out.write(0);
        }
        return out.toByteArray();
    }
}
