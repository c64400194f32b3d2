package dev.repsr.app.video;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a NUT stream of one film from its beginning. Whatever the bytes are, it takes no more memory than its limits say, and ends with
 * {@link IOException} where they are no such stream. Closes its stream.
 */
final class NutReader implements AutoCloseable {
    /** Most bytes of a packet of the container's own: headers, index, tags. */
    private static final int MOST_PACKET = 64 << 20;

    private static final int MOST_SETUP = 1 << 20;
    private static final int MOST_ELIDED = 255;
    private static final int MOST_STREAMS = 1;
    private static final int MOST_SIDE = 1 << 16;

    private final InputStream in;
    private final int mostFrame;
    private final int[] flags = new int[NutFormat.CODES];
    private final int[] sizeFactor = new int[NutFormat.CODES];
    private final int[] sizeRest = new int[NutFormat.CODES];
    private final long[] timeStep = new long[NutFormat.CODES];
    private final int[] reserved = new int[NutFormat.CODES];
    private final int[] elisionOf = new int[NutFormat.CODES];
    private byte[][] elided = {new byte[0]};
    private final NutHeader header;

    private long timeBaseNumerator = 1;
    private long timeBaseDenominator = 1;
    private int timeShift;
    private long lastTime;

    /** Checksum of what has been read since it was last 0. */
    private int checksum;

    private long counted;

    /**
     * Reads the header.
     *
     * @param mostFrame bytes of the largest frame that is taken
     */
    NutReader(InputStream in, int mostFrame) throws IOException {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.mostFrame = mostFrame;
        for (byte expected : NutFormat.ID.getBytes(StandardCharsets.US_ASCII)) {
            require(octet() == expected, "it does not begin as one");
        }
        require(octet() == 0, "it does not begin as one");
        NutHeader found = null;
        boolean main = false;
        while (found == null) {
            long startCode = startCode(octet());
            Packet packet = packet();
            if (startCode == NutFormat.MAIN) {
                main(packet);
                main = true;
            } else if (startCode == NutFormat.STREAM) {
                require(main, "a stream comes before the main header");
                found = stream(packet);
            }
            packet.end();
        }
        header = found;
    }

    NutHeader header() {
        return header;
    }

    /** The next frame; null at the end. */
    @Nullable
    NutFrame next() throws IOException {
        while (true) {
            checksum = 0;
            int code = in.read();
            if (code < 0) {
                return null;
            }
            if (code != NutFormat.START) {
                checksum = NutFormat.checksum(checksum, code);
                return frame(code);
            }
            long startCode = startCode(code);
            Packet packet = packet();
            if (startCode == NutFormat.SYNCPOINT) {
                // One time base, one stream. FFmpeg writes the time of decoding, which may be before 0.
                lastTime = number();
            }
            packet.end();
        }
    }

    private void main(Packet packet) throws IOException {
        long version = number();
        require(version == NutFormat.VERSION, "its version is " + version);
        require(number() == MOST_STREAMS, "it holds several streams");
        number();
        require(number() == 1, "it has several time bases");
        timeBaseNumerator = between(number(), 1, Integer.MAX_VALUE);
        timeBaseDenominator = between(number(), 1, Integer.MAX_VALUE);
        codes();
        int count = (int) between(number(), 0, NutFormat.CODES);
        elided = new byte[count + 1][];
        elided[0] = new byte[0];
        for (int i = 1; i <= count; i++) {
            elided[i] = bytes(MOST_ELIDED);
        }
        packet.skip();
    }

    private void codes() throws IOException {
        long step = 0;
        int factor = 1;
        int elision = 0;
        for (int code = 0; code < NutFormat.CODES; ) {
            int flag = (int) between(number(), 0, Integer.MAX_VALUE);
            long fields = between(number(), 0, NutFormat.CODES);
            step = fields > 0 ? signed() : step;
            factor = fields > 1 ? (int) between(number(), 0, 1 << 20) : factor;
            if (fields > 2) {
                require(number() == 0 || flag == NutFormat.INVALID, "it holds several streams");
            }
            int rest = fields > 3 ? (int) between(number(), 0, 1 << 20) : 0;
            int more = fields > 4 ? (int) between(number(), 0, NutFormat.CODES) : 0;
            long count = fields > 5 ? number() : factor - rest;
            if (fields > 6) {
                signed();
            }
            elision = fields > 7 ? (int) between(number(), 0, NutFormat.CODES) : elision;
            for (long i = 8; i < fields; i++) {
                number();
            }
            require(count >= 0 && count <= NutFormat.CODES, "its table of codes is too long");
            for (int i = 0; i < count && code < NutFormat.CODES; code++) {
                flags[code] = NutFormat.INVALID;
                if (code != NutFormat.START) {
                    flags[code] = flag;
                    timeStep[code] = step;
                    sizeFactor[code] = factor;
                    sizeRest[code] = rest + i;
                    reserved[code] = more;
                    elisionOf[code] = elision;
                    i++;
                }
            }
            require(count > 0 || code >= NutFormat.CODES, "its table of codes has no end");
        }
    }

    private NutHeader stream(Packet packet) throws IOException {
        require(number() == 0, "its stream has no number");
        require(number() == NutFormat.CLASS_VIDEO, "its stream is no film");
        byte[] fourcc = bytes(8);
        require(number() == 0, "its stream has another time base");
        timeShift = (int) between(number(), 0, 16);
        number();
        int delay = (int) between(number(), 0, 1000);
        number();
        byte[] setup = bytes(MOST_SETUP);
        int width = (int) between(number(), 1, 1 << 20);
        int height = (int) between(number(), 1, 1 << 20);
        int pixelWidth = (int) between(number(), 0, Integer.MAX_VALUE);
        int pixelHeight = (int) between(number(), 0, Integer.MAX_VALUE);
        packet.skip();
        return new NutHeader(
                timeBaseNumerator, timeBaseDenominator, fourcc, width, height, pixelWidth, pixelHeight, delay, setup);
    }

    private NutFrame frame(int code) throws IOException {
        int flag = flags[code];
        require(flag != NutFormat.INVALID, "a frame has a code that means nothing");
        if ((flag & NutFormat.CODED) != 0) {
            flag ^= (int) between(number(), 0, Integer.MAX_VALUE);
        }
        require((flag & NutFormat.SIDE_DATA) == 0, "a frame has side data");
        if ((flag & NutFormat.STREAM_ID) != 0) {
            require(number() == 0, "it holds several streams");
        }
        long time = lastTime + timeStep[code];
        if ((flag & NutFormat.CODED_TIME) != 0) {
            time = time(between(number(), 0, Long.MAX_VALUE));
        }
        long size = sizeRest[code];
        if ((flag & NutFormat.SIZE) != 0) {
            size += between(number(), 0, Integer.MAX_VALUE) * sizeFactor[code];
        }
        if ((flag & NutFormat.MATCH_TIME) != 0) {
            signed();
        }
        int elision = elisionOf[code];
        if ((flag & NutFormat.HEADER_INDEX) != 0) {
            elision = (int) between(number(), 0, NutFormat.CODES);
        }
        long more = (flag & NutFormat.RESERVED) != 0 ? between(number(), 0, MOST_SIDE) : reserved[code];
        for (long i = 0; i < more; i++) {
            number();
        }
        if ((flag & NutFormat.CHECKSUM) != 0) {
            requireChecksum();
        }
        require(time >= 0 && time < Long.MAX_VALUE / 2, "a frame has no time");
        require(size <= mostFrame, "a frame has " + size + " bytes, and " + mostFrame + " are the most");
        require(size > NutFormat.LONG_PACKET || elision < elided.length, "a frame has no beginning");
        byte[] begin = size > NutFormat.LONG_PACKET ? elided[0] : elided[elision];
        require(size >= begin.length, "a frame is shorter than its beginning");
        lastTime = time;
        byte[] bytes = Arrays.copyOf(begin, (int) size);
        if (in.readNBytes(bytes, begin.length, bytes.length - begin.length) < bytes.length - begin.length) {
            throw new EOFException("The stream of frames ends within one");
        }
        return new NutFrame(time, (flag & NutFormat.KEY) != 0, bytes);
    }

    /** A timestamp from its lower bits, or from all of them. */
    private long time(long coded) {
        long span = 1L << timeShift;
        if (coded >= span) {
            return coded - span;
        }
        long least = lastTime - (span - 1) / 2;
        return ((coded - least) & (span - 1)) + least;
    }

    private long startCode(int first) throws IOException {
        checksum = NutFormat.checksum(0, first);
        long code = first;
        for (int i = 1; i < Long.BYTES; i++) {
            code = (code << 8) | octet();
        }
        boolean known = code == NutFormat.MAIN
                || code == NutFormat.STREAM
                || code == NutFormat.SYNCPOINT
                || code == NutFormat.INDEX
                || code == NutFormat.INFO;
        require(known, "there is no such packet");
        return code;
    }

    private Packet packet() throws IOException {
        long length = between(number(), Integer.BYTES, MOST_PACKET);
        if (length > NutFormat.LONG_PACKET) {
            requireChecksum();
        }
        checksum = 0;
        counted = 0;
        return new Packet(length - Integer.BYTES);
    }

    /** A packet whose fields are being read. */
    private final class Packet {
        private final long length;

        Packet(long length) {
            this.length = length;
        }

        /** Passes over fields of later versions. */
        void skip() throws IOException {
            while (counted < length) {
                octet();
            }
        }

        void end() throws IOException {
            skip();
            require(counted == length, "a packet is longer than it says");
            requireChecksum();
        }
    }

    private void requireChecksum() throws IOException {
        int expected = checksum;
        int written = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            written = (written << 8) | octet();
        }
        require(written == expected, "a checksum is wrong");
    }

    private int octet() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("The stream of frames ends within a header");
        }
        checksum = NutFormat.checksum(checksum, value);
        counted++;
        return value;
    }

    private long number() throws IOException {
        long value = 0;
        int octet;
        do {
            octet = octet();
            require(value >>> 57 == 0, "a number is too large");
            value = (value << 7) | (octet & 0x7F);
        } while (octet >= 0x80);
        return value;
    }

    private long signed() throws IOException {
        long value = number() + 1;
        return (value & 1) != 0 ? -(value >>> 1) : value >>> 1;
    }

    private byte[] bytes(int most) throws IOException {
        int length = (int) between(number(), 0, most);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) octet();
        }
        return bytes;
    }

    private static long between(long value, long least, long most) throws IOException {
        require(value >= least && value <= most, "the number " + value + " is not in " + least + " to " + most);
        return value;
    }

    private static void require(boolean right, String what) throws IOException {
        if (!right) {
            throw new IOException("What comes is no NUT stream of one film: " + what);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
