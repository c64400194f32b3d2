package dev.repsr.app.video;

import java.util.zip.CRC32C;

/**
 * A frame of a film, raw or compressed.
 *
 * @param timestamp in the time base of the stream's header, not negative
 * @param key whether it is decoded without others
 * @param bytes samples, or what an encoder made of them
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record NutFrame(long timestamp, boolean key, byte[] bytes) {
    /** Checksum of the bytes. */
    long checksum() {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }
}
