package dev.repsr.image;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** A picture in memory, with the sample values that its file had. Immutable. */
public final class Picture {
    private static final float[] UNIT = new float[256];

    static {
        for (int i = 0; i < UNIT.length; i++) {
            UNIT[i] = i / 255f;
        }
    }

    private final PictureFormat format;
    /** Samples of 8 bits, interleaved; empty when they have 16. */
    private final byte[] bytes;
    /** Samples of 16 bits, interleaved; empty when they have 8. */
    private final short[] shorts;

    private Picture(PictureFormat format, byte[] bytes, short[] shorts) {
        this.format = format;
        this.bytes = bytes;
        this.shorts = shorts;
    }

    /**
     * A picture of 8-bit samples.
     *
     * @param samples {@code width * height * channels} unsigned samples, row by row, interleaved; copied
     */
    public static Picture of(PictureFormat format, byte[] samples) {
        return wrap(format, samples.clone());
    }

    /**
     * A picture of 16-bit samples.
     *
     * @param samples {@code width * height * channels} unsigned samples, row by row, interleaved; copied
     */
    public static Picture of(PictureFormat format, short[] samples) {
        return wrap(format, samples.clone());
    }

    /** As {@link #of(PictureFormat, byte[])}, without the copy: the array must not be changed any more. */
    static Picture wrap(PictureFormat format, byte[] samples) {
        check(format, 8, samples.length);
        return new Picture(format, samples, new short[0]);
    }

    /** As {@link #of(PictureFormat, short[])}, without the copy: the array must not be changed any more. */
    static Picture wrap(PictureFormat format, short[] samples) {
        check(format, 16, samples.length);
        return new Picture(format, new byte[0], samples);
    }

    private static void check(PictureFormat format, int bitDepth, int length) {
        if (format.bitDepth() != bitDepth || samples(format) != length) {
            throw new IllegalArgumentException(length + " samples of " + bitDepth + " bits for " + format);
        }
    }

    /** Number of samples; a picture in memory is limited to what one array can hold. */
    static int samples(PictureFormat format) {
        long samples = (long) format.width() * format.height() * format.channels();
        if (samples > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a picture of " + format.width() + "x" + format.height()
                    + " pixels is too large to be held in memory; read it row by row");
        }
        return (int) samples;
    }

    /**
     * Reads all rows that are left. Values are clamped to 0..1 and rounded, halves up.
     *
     * @param rows stays open
     * @throws IOException if {@code rows} fails, or a value is NaN or infinite
     */
    public static Picture read(PictureRows rows) throws IOException {
        PictureFormat format = rows.format();
        int stride = format.width() * format.channels();
        float[] row = new float[stride];
        boolean deep = format.bitDepth() == 16;
        byte[] bytes = new byte[deep ? 0 : samples(format)];
        short[] shorts = new short[deep ? samples(format) : 0];
        for (int y = 0; y < format.height(); y++) {
            float[] next = rows.lendRow(row);
            Rounding.requireFinite(next, stride, y);
            int at = y * stride;
            for (int i = 0; i < stride; i++) {
                if (deep) {
                    shorts[at + i] = (short) Rounding.toSample(next[i], 65535);
                } else {
                    bytes[at + i] = (byte) Rounding.toSample(next[i], 255);
                }
            }
        }
        return new Picture(format, bytes, shorts);
    }

    /** Size, channels and depth. */
    public PictureFormat format() {
        return format;
    }

    /** Pixels a row. */
    public int width() {
        return format.width();
    }

    /** Rows. */
    public int height() {
        return format.height();
    }

    /** One sample, 0..255 or 0..65535. */
    public int sample(int x, int y, int channel) {
        int index = index(x, y, channel);
        return format.bitDepth() == 8 ? bytes[index] & 0xFF : shorts[index] & 0xFFFF;
    }

    private int index(int x, int y, int channel) {
        if (x < 0 || x >= width() || y < 0 || y >= height() || channel < 0 || channel >= format.channels()) {
            throw new IndexOutOfBoundsException("sample " + x + "," + y + "," + channel + " of " + format);
        }
        return (y * width() + x) * format.channels() + channel;
    }

    /** Writes row {@code y} as {@code width * channels} values in 0..1 to {@code target} from {@code offset} on. */
    public void copyRow(int y, float[] target, int offset) {
        int stride = width() * format.channels();
        int from = index(0, y, 0);
        if (format.bitDepth() == 8) {
            for (int i = 0; i < stride; i++) {
                target[offset + i] = UNIT[bytes[from + i] & 0xFF];
            }
        } else {
            for (int i = 0; i < stride; i++) {
                target[offset + i] = (shorts[from + i] & 0xFFFF) / 65535f;
            }
        }
    }

    /** Writes row {@code y} as {@code width * channels} sample values, 0..255 or 0..65535, to {@code target}. */
    public void copySamples(int y, double[] target) {
        int stride = width() * format.channels();
        int from = index(0, y, 0);
        if (format.bitDepth() == 8) {
            for (int i = 0; i < stride; i++) {
                target[i] = bytes[from + i] & 0xFF;
            }
        } else {
            for (int i = 0; i < stride; i++) {
                target[i] = shorts[from + i] & 0xFFFF;
            }
        }
    }

    /** The picture as a stream of rows. */
    public PictureRows rows() {
        return new Rows(this);
    }

    /** The rectangle of {@code width x height} pixels whose top left corner is {@code x, y}. */
    public Picture crop(int x, int y, int width, int height) {
        if (x < 0 || y < 0 || width < 1 || height < 1 || width > width() - x || height > height() - y) {
            throw new IllegalArgumentException(
                    "crop of " + width + "x" + height + " at " + x + "," + y + " from " + width() + "x" + height());
        }
        PictureFormat cropped = format.resized(width, height);
        int stride = width * format.channels();
        byte[] newBytes = new byte[bytes.length == 0 ? 0 : stride * height];
        short[] newShorts = new short[shorts.length == 0 ? 0 : stride * height];
        for (int row = 0; row < height; row++) {
            int from = index(x, y + row, 0);
            if (format.bitDepth() == 8) {
                System.arraycopy(bytes, from, newBytes, row * stride, stride);
            } else {
                System.arraycopy(shorts, from, newShorts, row * stride, stride);
            }
        }
        return new Picture(cropped, newBytes, newShorts);
    }

    /** The upright picture, when this one is stored with EXIF orientation 1..8. */
    Picture oriented(int orientation) {
        if (orientation == 1) {
            return this;
        }
        Turn turn = new Turn(width(), height(), orientation);
        int channels = format.channels();
        byte[] newBytes = new byte[bytes.length];
        short[] newShorts = new short[shorts.length];
        int from = 0;
        for (int y = 0; y < height(); y++) {
            int to = turn.first(y) * channels;
            int step = turn.step() * channels;
            for (int x = 0; x < width(); x++, to += step, from += channels) {
                for (int c = 0; c < channels; c++) {
                    if (format.bitDepth() == 8) {
                        newBytes[to + c] = bytes[from + c];
                    } else {
                        newShorts[to + c] = shorts[from + c];
                    }
                }
            }
        }
        return new Picture(turn.upright(format), newBytes, newShorts);
    }

    /** Three channels of 8 bits: grey becomes R = G = B, alpha is dropped, 16 bits are rounded to 8. */
    public Picture toRgb8() {
        if (format.channels() == 3 && format.bitDepth() == 8) {
            return this;
        }
        PictureFormat rgb = new PictureFormat(width(), height(), 3, 8);
        byte[] result = new byte[samples(rgb)];
        int channels = format.channels();
        boolean grey = format.colourChannels() == 1;
        int pixels = width() * height();
        for (int i = 0; i < pixels; i++) {
            for (int c = 0; c < 3; c++) {
                int from = i * channels + (grey ? 0 : c);
                int sample = format.bitDepth() == 8 ? bytes[from] : ((shorts[from] & 0xFFFF) * 255 + 32767) / 65535;
                result[i * 3 + c] = (byte) sample;
            }
        }
        return new Picture(rgb, result, new short[0]);
    }

    /** Writes format and samples, for {@link #readFrom}. */
    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(width());
        out.writeInt(height());
        out.writeInt(format.channels());
        out.writeInt(format.bitDepth());
        out.write(bytes);
        for (short sample : shorts) {
            out.writeShort(sample);
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    static Picture readFrom(DataInputStream in) throws IOException {
        PictureFormat format = new PictureFormat(in.readInt(), in.readInt(), in.readInt(), in.readInt());
        boolean deep = format.bitDepth() == 16;
        byte[] bytes = new byte[deep ? 0 : samples(format)];
        short[] shorts = new short[deep ? samples(format) : 0];
        in.readFully(bytes);
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = in.readShort();
        }
        return new Picture(format, bytes, shorts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture that
                && format.equals(that.format)
                && Arrays.equals(bytes, that.bytes)
                && Arrays.equals(shorts, that.shorts);
    }

    @Override
    public int hashCode() {
        return 31 * format.hashCode() + Arrays.hashCode(bytes) + Arrays.hashCode(shorts);
    }

    @Override
    public String toString() {
        return "Picture[" + format + "]";
    }

    private static final class Rows implements PictureRows {
        private final Picture picture;
        private int next;

        Rows(Picture picture) {
            this.picture = picture;
        }

        @Override
        public PictureFormat format() {
            return picture.format;
        }

        @Override
        public void readRow(float[] row) {
            if (next == picture.height()) {
                throw new IllegalStateException("all " + next + " rows have been read");
            }
            picture.copyRow(next, row, 0);
            next++;
        }

        @Override
        public void close() {
            next = picture.height();
        }
    }
}
