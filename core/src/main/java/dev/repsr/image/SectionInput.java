package dev.repsr.image;

import java.io.InterruptedIOException;
import java.util.List;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Shows a decoder chosen sections of a file as one stream, without copying them. What the decoder needs not see, such as
 * metadata that it would parse, inflate or act upon, is left out. A decoder whose thread was interrupted, since nobody waits for
 * it any more, gets no more bytes.
 */
final class SectionInput extends ImageInputStreamImpl {

    /** Bytes {@code from} to {@code to} (exclusive) of an array. */
    @SuppressWarnings("ArrayRecordComponent") // only a view, never compared
    record Section(byte[] bytes, int from, int to) {
        int length() {
            return to - from;
        }
    }

    private final List<Section> sections;
    private final long[] starts;
    private int current;

    SectionInput(List<Section> sections) {
        this.sections = List.copyOf(sections);
        this.starts = new long[sections.size() + 1];
        for (int i = 0; i < sections.size(); i++) {
            starts[i + 1] = starts[i] + sections.get(i).length();
        }
    }

    @Override
    public long length() {
        return starts[starts.length - 1];
    }

    @Override
    public int read() throws InterruptedIOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("nobody waits for the picture");
        }
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= length()) {
            return -1;
        }
        int done = 0;
        // Always as much as there is: ImageInputStreamImpl takes a short read for the end.
        while (done < length && streamPos < length()) {
            done += readWithinSection(target, offset + done, length - done);
        }
        return done;
    }

    private int readWithinSection(byte[] target, int offset, int length) {
        while (streamPos < starts[current]) {
            current--;
        }
        while (streamPos >= starts[current + 1]) {
            current++;
        }
        Section section = sections.get(current);
        int skip = (int) (streamPos - starts[current]);
        int count = Math.min(length, section.length() - skip);
        System.arraycopy(section.bytes(), section.from() + skip, target, offset, count);
        streamPos += count;
        return count;
    }
}
