package dev.repsr.image;

import java.io.IOException;

/** A decoder's samples as rows of values in 0..1, inside the {@link DecodeBorder}. */
final class StoredRows implements PictureRows {
    private final String name;
    private final StoredSamples stored;
    private final Deadline deadline;
    /** What is left of the deadline; whoever reads the rows may take the time that it needs between them. */
    private long nanosLeft;

    private final int[] samples;
    private final float largest;
    private int next;

    StoredRows(String name, StoredSamples stored, Deadline deadline) {
        this.name = name;
        this.stored = stored;
        this.deadline = deadline;
        this.nanosLeft = deadline.nanosLeft();
        this.samples = new int[stored.format().width() * stored.format().channels()];
        this.largest = stored.format().bitDepth() == 16 ? 65535f : 255f;
    }

    @Override
    public PictureFormat format() {
        return stored.format();
    }

    @Override
    public void readRow(float[] row) throws IOException {
        int[] read = nextSamples();
        for (int i = 0; i < read.length; i++) {
            row[i] = read[i] / largest;
        }
    }

    private int[] nextSamples() throws ImageRefused {
        if (next == stored.format().height()) {
            throw new IllegalStateException("all " + next + " rows have been read");
        }
        long start = System.nanoTime();
        DecodeBorder.within(name, () -> {
            stored.read(next, samples);
            return samples;
        });
        nanosLeft -= System.nanoTime() - start;
        if (deadline.isSet() && nanosLeft < 0) {
            throw deadline.refusal(name);
        }
        next++;
        return samples;
    }

    /** All rows as an upright picture; none has been read yet. */
    Picture picture(int orientation) throws ImageRefused {
        PictureFormat format = stored.format();
        Turn turn = new Turn(format.width(), format.height(), orientation);
        return DecodeBorder.within(name, () -> {
            boolean deep = format.bitDepth() == 16;
            int count = Picture.samples(format);
            byte[] bytes = new byte[deep ? 0 : count];
            short[] shorts = new short[deep ? count : 0];
            int channels = format.channels();
            int step = turn.step() * channels;
            for (int y = 0; y < format.height(); y++) {
                int[] row = nextSamples();
                int to = turn.first(y) * channels;
                for (int from = 0; from < row.length; from += channels, to += step) {
                    for (int c = 0; c < channels; c++) {
                        if (deep) {
                            shorts[to + c] = (short) row[from + c];
                        } else {
                            bytes[to + c] = (byte) row[from + c];
                        }
                    }
                }
            }
            PictureFormat upright = turn.upright(format);
            return deep ? Picture.wrap(upright, shorts) : Picture.wrap(upright, bytes);
        });
    }

    @Override
    public void close() {
        next = stored.format().height();
        stored.close();
    }
}
