package dev.repsr.image;

import java.nio.ByteOrder;

/** Finds the orientation (tag 0x0112) in the first directory of EXIF data, and reads nothing else. */
final class ExifOrientation {
    private static final int TAG = 0x0112;
    private static final int MAX_ENTRIES = 512;

    private ExifOrientation() {}

    /** Orientation 1..8 of the EXIF data between {@code from} and {@code to}; 1 if there is none or it makes no sense. */
    static int of(byte[] file, int from, int to) {
        if (to - from < 8) {
            return 1;
        }
        ByteOrder order = file[from] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Bytes exif = new Bytes(file, from, to, order);
        if (!(exif.has(0, "II") || exif.has(0, "MM")) || exif.u16(2) != 42) {
            return 1;
        }
        long directory = exif.u32(4);
        if (directory + 2 > exif.length()) {
            return 1;
        }
        int entries = Math.min(exif.u16(directory), MAX_ENTRIES);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > exif.length()) {
                return 1;
            }
            if (exif.u16(entry) == TAG) {
                return value(exif, entry);
            }
        }
        return 1;
    }

    /** The first value of the entry, whatever type of whole number and however many there are: programs read it so. */
    private static int value(Bytes exif, long entry) {
        int type = exif.u16(entry + 2);
        long bytes = exif.u32(entry + 4) * (type == TiffDirectory.LONG ? 4 : type == TiffDirectory.SHORT ? 2 : 1);
        long at = bytes <= 4 ? entry + 8 : exif.u32(entry + 8);
        if (bytes == 0 || at + 4 > exif.length()) {
            return 1;
        }
        long value = switch (type) {
            case TiffDirectory.BYTE -> exif.u8(at);
            case TiffDirectory.SHORT -> exif.u16(at);
            case TiffDirectory.LONG -> exif.u32(at);
            default -> 1;
        };
        return value >= 1 && value <= 8 ? (int) value : 1;
    }
}
