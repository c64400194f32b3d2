package dev.repsr.app.video;

/**
 * Numbers of the NUT container, version 3 (FFmpeg's doc/nut.texi and the specification of nut-container): a container that carries a
 * timestamp with each frame through a pipe.
 */
final class NutFormat {
    /** Begins the stream, with a zero behind it. */
    static final String ID = "nut/multimedia container";

    static final long MAIN = 0x4E4D7A561F5F04ADL;
    static final long STREAM = 0x4E5311405BF2F9DBL;
    static final long SYNCPOINT = 0x4E4BE4ADEECA4569L;
    static final long INDEX = 0x4E58DD672F23E64EL;
    static final long INFO = 0x4E49AB68B596BA78L;

    /** First byte of every start code; no frame begins with it. */
    static final int START = 'N';

    static final int CODES = 256;
    static final int CLASS_VIDEO = 0;
    static final int VERSION = 3;

    static final int KEY = 1;
    static final int CODED_TIME = 8;
    static final int STREAM_ID = 16;
    static final int SIZE = 32;
    static final int CHECKSUM = 64;
    static final int RESERVED = 128;
    static final int SIDE_DATA = 256;
    static final int HEADER_INDEX = 1024;
    static final int MATCH_TIME = 2048;
    static final int CODED = 4096;
    static final int INVALID = 8192;

    /** Packets longer than this have a checksum of their header. */
    static final int LONG_PACKET = 4096;

    private static final int POLYNOMIAL = 0x04C11DB7;
    private static final int[] TABLE = table();

    private NutFormat() {}

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? (value << 1) ^ POLYNOMIAL : value << 1;
            }
            table[i] = value;
        }
        return table;
    }

    /** A checksum that has taken in one more byte; it begins with 0. */
    static int checksum(int before, int next) {
        return (before << 8) ^ TABLE[((before >>> 24) ^ next) & 0xFF];
    }
}
