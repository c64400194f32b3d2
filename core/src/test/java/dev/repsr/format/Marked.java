package dev.repsr.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Changes to single places of sound files. */
final class Marked {
    private static final int DIRECTORY_ENTRY = 0x02014b50;

    private Marked() {}

    /** The file with another byte at one place. */
    static byte[] changed(byte[] file, int position, int value) {
        byte[] changed = file.clone();
        changed[position] = (byte) value;
        return changed;
    }

    /** Where the last entry of a ZIP archive's directory begins. */
    static int lastDirectoryEntry(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int position = file.length - 46;
        while (bytes.getInt(position) != DIRECTORY_ENTRY) {
            position--;
        }
        return position;
    }
}
