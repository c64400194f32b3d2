package dev.repsr.engine;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One stream of rows with alpha as two: colours and alpha. Rows that only one of them has taken are kept for the other,
 * so both should be read about equally fast. Closing either leaves the source open.
 */
final class ChannelSplit {
    private final PictureRows source;
    private final int channels;
    private final float[] sourceRow;
    private final Part colour;
    private final Part alpha;

    ChannelSplit(PictureRows source) {
        this.source = source;
        PictureFormat format = source.format();
        this.channels = format.channels();
        this.sourceRow = new float[format.width() * channels];
        this.colour = new Part(0, channels - 1);
        this.alpha = new Part(channels - 1, 1);
    }

    PictureRows colour() {
        return colour;
    }

    PictureRows alpha() {
        return alpha;
    }

    private void readSource() throws IOException {
        source.readRow(sourceRow);
        colour.take();
        alpha.take();
    }

    private final class Part implements PictureRows {
        private final int firstChannel;
        private final PictureFormat format;
        private final Deque<float[]> waiting = new ArrayDeque<>();

        Part(int firstChannel, int count) {
            this.firstChannel = firstChannel;
            PictureFormat whole = source.format();
            this.format = new PictureFormat(whole.width(), whole.height(), count, whole.bitDepth());
        }

        private void take() {
            int count = format.channels();
            float[] row = new float[format.width() * count];
            for (int x = 0; x < format.width(); x++) {
                System.arraycopy(sourceRow, x * channels + firstChannel, row, x * count, count);
            }
            waiting.addLast(row);
        }

        @Override
        public PictureFormat format() {
            return format;
        }

        @Override
        public void readRow(float[] row) throws IOException {
            if (waiting.isEmpty()) {
                readSource();
            }
            float[] next = waiting.removeFirst();
            System.arraycopy(next, 0, row, 0, next.length);
        }

        @Override
        public void close() {}
    }
}
