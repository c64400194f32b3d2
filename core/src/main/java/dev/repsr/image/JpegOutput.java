package dev.repsr.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageOutputStreamImpl;
import org.jspecify.annotations.Nullable;

/**
 * Passes an encoder's bytes on as they come, and puts a JFIF segment with the density behind the start mark, and the colour
 * profile in as many segments as it takes.
 */
final class JpegOutput extends ImageOutputStreamImpl {
    static final String EXIF = "Exif\0\0";
    static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    static final String PHOTOSHOP = "Photoshop 3.0\0";
    /** Longest content of a segment. */
    static final int MAX_SEGMENT = 65_533;

    private static final int HEAD = 4;
    private static final int MAX_PROFILE_PART = 65_519;
    private static final int MAX_DENSITY = 65_535;

    private final OutputStream out;
    private final byte[] segments;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(HEAD);

    JpegOutput(OutputStream out, ImageMetadata metadata) {
        this.out = out;
        this.segments = segments(metadata);
    }

    private static byte[] segments(ImageMetadata metadata) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        int16(result, 0xFFE0);
        int16(result, 16);
        result.writeBytes("JFIF\0\1\2".getBytes(StandardCharsets.US_ASCII));
        ImageMetadata.@Nullable Density density = metadata.density();
        result.write(density == null ? 0 : 1);
        int16(result, density == null ? 1 : dotsPerInch(density.x()));
        int16(result, density == null ? 1 : dotsPerInch(density.y()));
        int16(result, 0);
        @Nullable IccProfile profile = metadata.profile();
        if (profile != null) {
            profile(result, profile.bytes());
        }
        segment(result, 0xFFE1, EXIF, metadata.exif());
        segment(result, 0xFFE1, XMP, metadata.xmp());
        MetadataBytes iptc = metadata.iptc();
        if (iptc != null) {
            segment(result, 0xFFED, PHOTOSHOP, new MetadataBytes(PhotoshopResources.of(iptc.bytes())));
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

    /** Writes a segment; {@link KeptMetadata} has seen to its length. */
    private static void segment(
            ByteArrayOutputStream target, int marker, String kind, @Nullable MetadataBytes content) {
        if (content != null) {
            int16(target, marker);
            int16(target, 2 + kind.length() + content.length());
            target.writeBytes(kind.getBytes(StandardCharsets.ISO_8859_1));
            target.writeBytes(content.bytes());
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
        int held = Math.min(length, HEAD - head.size());
        if (held > 0) {
            head.write(bytes, offset, held);
            if (head.size() == HEAD) {
                begin(head.toByteArray());
            }
        }
        out.write(bytes, offset + held, length - held);
        streamPos += length;
    }

    /** The encoder goes from the start mark straight to its tables, since it is told the colours apart from metadata. */
    private void begin(byte[] start) throws IOException {
        if (Bytes.bigEndian(start).u32(0) != 0xFFD8FFDBL) {
            throw new IllegalStateException("the JPEG encoder does not begin with its tables");
        }
        out.write(start, 0, 2);
        out.write(segments);
        out.write(start, 2, 2);
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
