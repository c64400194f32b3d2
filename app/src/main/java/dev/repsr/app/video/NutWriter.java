package dev.repsr.app.video;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes one film as a NUT stream: its header, then frames in the order in which they are decoded. Does not close its stream. */
final class NutWriter {
    private static final int MOST_DISTANCE = 65_536;
    private static final int TIME_SHIFT = 7;

    /** Flags that each frame has, beside that of key frames: timestamp and length are written out. */
    private static final int FLAGS = NutFormat.CODED_TIME | NutFormat.SIZE | NutFormat.CHECKSUM;

    private final OutputStream out;

    NutWriter(OutputStream out, NutHeader header) throws IOException {
        this.out = out;
        out.write(NutFormat.ID.getBytes(StandardCharsets.US_ASCII));
        out.write(0);
        packet(NutFormat.MAIN, main(header));
        packet(NutFormat.STREAM, stream(header));
    }

    private static Fields main(NutHeader header) {
        Fields fields = new Fields();
        fields.number(NutFormat.VERSION).number(1).number(MOST_DISTANCE);
        fields.number(1).number(header.timeBaseNumerator()).number(header.timeBaseDenominator());
        // All codes but the one that begins start codes mean the same: the flags come with the frame.
        fields.number(NutFormat.CODED).number(6);
        fields.number(0).number(1).number(0).number(0).number(0).number(NutFormat.CODES - 1);
        return fields.number(0).number(0);
    }

    private static Fields stream(NutHeader header) {
        Fields fields = new Fields();
        fields.number(0).number(NutFormat.CLASS_VIDEO).bytes(header.fourcc());
        fields.number(0).number(TIME_SHIFT).number(0).number(header.delay()).number(0);
        fields.bytes(header.setup());
        fields.number(header.width()).number(header.height());
        return fields.number(header.pixelWidth()).number(header.pixelHeight()).number(0);
    }

    /** Writes a frame; its bytes are in {@code bytes} from the beginning. */
    void write(NutFrame frame) throws IOException {
        // Strict readers want a point to begin at before a frame that is longer than the distance of such points.
        packet(NutFormat.SYNCPOINT, new Fields().number(frame.timestamp()).number(0));
        Fields header = new Fields();
        header.octet(0).number(FLAGS | (frame.key() ? NutFormat.KEY : 0));
        header.number(frame.timestamp() + (1L << TIME_SHIFT)).number(frame.bytes().length);
        header.checksummed();
        header.writeTo(out);
        out.write(frame.bytes());
    }

    private void packet(long startCode, Fields fields) throws IOException {
        fields.checksummed();
        Fields header = new Fields();
        for (int shift = 56; shift >= 0; shift -= 8) {
            header.octet((int) (startCode >>> shift));
        }
        header.number(fields.size());
        if (fields.size() > NutFormat.LONG_PACKET) {
            header.checksummed();
        }
        header.writeTo(out);
        fields.writeTo(out);
    }

    /** Bytes that grow by the fields of a packet. */
    private static final class Fields {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Fields octet(int value) {
            bytes.write(value);
            return this;
        }

        Fields number(long value) {
            for (int shift = 63 / 7 * 7; shift > 0; shift -= 7) {
                if (value >>> shift != 0) {
                    bytes.write((int) (((value >>> shift) & 0x7F) | 0x80));
                }
            }
            return octet((int) (value & 0x7F));
        }

        Fields bytes(byte[] value) {
            number(value.length);
            bytes.writeBytes(value);
            return this;
        }

        /** Adds the checksum of what there is. */
        void checksummed() {
            int sum = 0;
            for (byte value : bytes.toByteArray()) {
                sum = NutFormat.checksum(sum, value);
            }
            octet(sum >>> 24).octet(sum >>> 16).octet(sum >>> 8).octet(sum);
        }

        int size() {
            return bytes.size();
        }

        void writeTo(OutputStream out) throws IOException {
            bytes.writeTo(out);
        }
    }
}
