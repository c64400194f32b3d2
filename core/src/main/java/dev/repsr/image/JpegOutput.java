package dev.repsr.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageOutputStreamImpl;
import org.jspecify.annotations.Nullable;

/**
 * Passes an encoder's bytes on as they come, and puts a beginning of our own in place of the encoder's start mark and JFIF
 * segment: with the density, and with the colour profile in as many segments as it takes.
 */
final class JpegOutput extends ImageOutputStreamImpl {
    private static final int ENCODERS_OWN = 20;
    private static final int MAX_PROFILE_PART = 65_519;
    private static final int MAX_DENSITY = 65_535;

    private final OutputStream out;
    private final byte[] beginning;
    private final ByteArrayOutputStream dropped = new ByteArrayOutputStream(ENCODERS_OWN);

    JpegOutput(OutputStream out, ImageMetadata metadata, PictureFormat format) {
        this.out = out;
        this.beginning = beginning(metadata, format);
    }

    private static byte[] beginning(ImageMetadata metadata, PictureFormat format) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        int16(result, 0xFFD8);
        int16(result, 0xFFE0);
        int16(result, 16);
        result.writeBytes("JFIF\0\1\2".getBytes(StandardCharsets.US_ASCII));
        ImageMetadata.@Nullable Density density = metadata.density();
        result.write(density == null ? 0 : 1);
        int16(result, density == null ? 1 : dotsPerInch(density.x()));
        int16(result, density == null ? 1 : dotsPerInch(density.y()));
        int16(result, 0);
        @Nullable IccProfile profile = metadata.profile();
        if (profile != null && profile.describes(format)) {
            profile(result, profile.bytes());
        }
        return result.toByteArray();
    }

    private static int dotsPerInch(double density) {
        return Math.clamp(Math.round(density), 1, MAX_DENSITY);
    }

    private static void profile(ByteArrayOutputStream target, byte[] profile) {
        int parts = Math.ceilDiv(profile.length, MAX_PROFILE_PART);
        for (int part = 0; part < parts; part++) {
            int from = part * MAX_PROFILE_PART;
            int length = Math.min(MAX_PROFILE_PART, profile.length - from);
            int16(target, 0xFFE2);
            int16(target, 16 + length);
            target.writeBytes("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII));
            target.write(part + 1);
            target.write(parts);
            target.write(profile, from, length);
        }
    }

    private static void int16(ByteArrayOutputStream target, int value) {
        target.write(value >> 8);
        target.write(value);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int drop = Math.min(length, ENCODERS_OWN - dropped.size());
        if (drop > 0) {
            dropped.write(bytes, offset, drop);
            if (dropped.size() == ENCODERS_OWN) {
                checkDropped();
                out.write(beginning);
            }
        }
        out.write(bytes, offset + drop, length - drop);
        streamPos += length;
    }

    private void checkDropped() {
        Bytes own = Bytes.bigEndian(dropped.toByteArray());
        if (own.u32(0) != 0xFFD8FFE0L || own.u16(4) != 16 || !own.has(6, "JFIF\0")) {
            throw new IllegalStateException("the JPEG encoder does not begin with a plain JFIF segment");
        }
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("written only");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        throw new UnsupportedOperationException("written only");
    }
}
