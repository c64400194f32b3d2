package dev.repsr.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small comic archives that would become very large. */
enum ComicBombs {
    /** Two thousand entries of 100 MB whose data is the same 100 KB. */
    OVERLAPPING("share bytes"),
    /** Thirty entries of 50 MB, each in 50 KB of its own. */
    HIGH_RATIO("100 times as large"),
    /** Entries that say they have a gigabyte each. */
    LARGE_SUM("4 GiB"),
    /** More entries than a comic has pages. */
    MANY_ENTRIES("no more than 10000");

    private static final int ZEROS = 50_000_000;

    private final String sentence;

    ComicBombs(String sentence) {
        this.sentence = sentence;
    }

    /** Words of the refusal. */
    String sentence() {
        return sentence;
    }

    byte[] bytes() throws IOException {
        byte[] data = deflatedZeros();
        return switch (this) {
            case OVERLAPPING -> zip(2_000, data, ZEROS, true);
            case HIGH_RATIO -> zip(30, data, ZEROS, false);
            case LARGE_SUM -> zip(5, data, 1 << 30, false);
            case MANY_ENTRIES -> zip(10_001, new byte[] {3, 0}, 0, false);
        };
    }

    private static byte[] deflatedZeros() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[ZEROS]);
        deflater.finish();
        byte[] buffer = new byte[ZEROS / 500];
        int length = deflater.deflate(buffer);
        deflater.end();
        return java.util.Arrays.copyOf(buffer, length);
    }

    private static byte[] zip(int count, byte[] data, int unpacked, boolean shared) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(new byte[unpacked > ZEROS ? 0 : unpacked]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            byte[] name = String.format(java.util.Locale.ROOT, "%05d.txt", i).getBytes(StandardCharsets.US_ASCII);
            int at = shared ? 0 : out.size();
            ByteBuffer common = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
            common.putShort((short) 20).putShort((short) 0).putShort((short) 8).putInt(0);
            common.putInt((int) checksum.getValue()).putInt(data.length).putInt(unpacked);
            common.putShort((short) name.length).putShort((short) 0);
            if (!shared || i == 0) {
                out.writeBytes(new byte[] {'P', 'K', 3, 4});
                out.writeBytes(common.array());
                out.writeBytes(name);
                out.writeBytes(data);
            }
            directory.writeBytes(new byte[] {'P', 'K', 1, 2, 20, 0});
            directory.writeBytes(common.array());
            ByteBuffer rest = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
            directory.writeBytes(rest.putInt(10, at).array());
            directory.writeBytes(name);
        }
        ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        end.putInt(0x06054B50).putInt(0).putShort((short) count).putShort((short) count);
        end.putInt(directory.size()).putInt(out.size());
        out.writeBytes(directory.toByteArray());
        out.writeBytes(end.array());
        return out.toByteArray();
    }
}
