package dev.repsr.train.report;

import dev.repsr.image.Picture;
import dev.repsr.io.AppendedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;

/**
 * An event file of TensorBoard: records of length, checksum, event, checksum, where an event is a protocol buffer
 * (tensorflow/core/util/event.proto and framework/summary.proto). Each start of a run begins a file; its first event tells
 * TensorBoard to forget steps from there on, which will come again.
 */
public final class EventFile implements AutoCloseable {
    private static final int START = 1;
    private static final int RGB = 3;

    private final AppendedFile file;
    private final LongSupplier millis;

    private EventFile(AppendedFile file, LongSupplier millis) {
        this.file = file;
        this.millis = millis;
    }

    /**
     * Begins a file.
     *
     * @param first step that comes next
     * @param millis the time, since 1970
     */
    public static EventFile open(Path folder, long first, LongSupplier millis) throws IOException {
        // Readers take the files of a folder in the order of their names.
        String name =
                String.format(Locale.ROOT, "events.out.tfevents.%010d.repsr.%09d", millis.getAsLong() / 1000, first);
        EventFile events = new EventFile(AppendedFile.open(folder.resolve(name)), millis);
        events.add(0, new ProtoMessage().text(3, "brain.Event:2"));
        if (first > 0) {
            events.add(first, new ProtoMessage().message(7, new ProtoMessage().number(1, START)));
        }
        return events;
    }

    /** Adds one value of a curve. */
    public void scalar(long step, String tag, double value) throws IOException {
        summary(step, new ProtoMessage().text(1, tag).real(2, (float) value));
    }

    /** Adds a picture, RGB of 8 bits. */
    public void picture(long step, String tag, Picture picture) throws IOException {
        ProtoMessage image = new ProtoMessage()
                .number(1, picture.height())
                .number(2, picture.width())
                .number(3, RGB)
                .bytes(4, PictureGrid.png(picture));
        summary(step, new ProtoMessage().text(1, tag).message(4, image));
    }

    private void summary(long step, ProtoMessage value) throws IOException {
        add(step, new ProtoMessage().message(5, new ProtoMessage().message(1, value)));
    }

    private void add(long step, ProtoMessage what) throws IOException {
        byte[] event = new ProtoMessage()
                .real(1, millis.getAsLong() / 1000.0)
                .number(2, step)
                .append(what)
                .toBytes();
        byte[] length = little(8).putLong(event.length).array();
        file.append(little(event.length + 16)
                .put(length)
                .putInt(checksum(length))
                .put(event)
                .putInt(checksum(event))
                .array());
    }

    /** CRC-32C, turned and shifted, as the format wants it, so that a checksum of checksums is not trivial. */
    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xA282_EAD8;
    }

    static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Bytes of a text. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
