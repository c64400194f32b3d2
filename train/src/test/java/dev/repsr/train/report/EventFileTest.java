package dev.repsr.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads event files back by the rules of TFRecord and of protocol buffers. */
class EventFileTest {
    @TempDir
    Path folder;

    @Test
    void theFirstEventIsTheVersionAndLaterOnesCarryTimeStepAndValue() throws IOException {
        try (EventFile events = EventFile.open(folder, 0, () -> 1_700_000_000_500L)) {
            events.scalar(300, "training/loss", 0.125);
        }

        Path file = folder.resolve("events.out.tfevents.1700000000.repsr.000000000");
        List<byte[]> records = records(Files.readAllBytes(file));
        assertThat(records).hasSize(2);
        assertThat(text(fields(records.getFirst()).get(3))).isEqualTo("brain.Event:2");
        Map<Integer, Object> event = fields(records.getLast());
        assertThat(event.get(1)).isEqualTo(1_700_000_000.5);
        assertThat(event.get(2)).isEqualTo(300L);
        Map<Integer, Object> value = message(message(event.get(5)).get(1));
        assertThat(text(value.get(1))).isEqualTo("training/loss");
        assertThat(value.get(2)).isEqualTo(0.125f);
    }

    @Test
    void aResumedRunTellsTheReaderToForgetWhatComesAgain() throws IOException {
        try (EventFile events = EventFile.open(folder, 1000, () -> 0)) {
            events.scalar(1001, "a", 1);
        }
        List<byte[]> records =
                records(Files.readAllBytes(folder.resolve("events.out.tfevents.0000000000.repsr.000001000")));

        Map<Integer, Object> start = fields(records.get(1));
        assertThat(start.get(2)).isEqualTo(1000L);
        assertThat(message(start.get(7))).containsEntry(1, 1L);
    }

    @Test
    void picturesAreStoredAsPng() throws IOException {
        Picture picture = TestPictures.noise(20, 10, 3, 8, 1);
        try (EventFile events = EventFile.open(folder, 0, () -> 0)) {
            events.picture(7, "crop", picture);
        }
        List<byte[]> records =
                records(Files.readAllBytes(folder.resolve("events.out.tfevents.0000000000.repsr.000000000")));

        Map<Integer, Object> image = message(
                message(message(fields(records.getLast()).get(5)).get(1)).get(4));
        assertThat(image).containsEntry(1, 10L).containsEntry(2, 20L).containsEntry(3, 3L);
        byte[] png = (byte[]) image.get(4);
        assertThat(ImageReader.read(new ByteArrayInputStream(png), "crop", ImageLimits.defaults())
                        .picture())
                .isEqualTo(picture);
    }

    private static List<byte[]> records(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> records = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(unmasked(in.getInt())).isEqualTo(crc(length));
            byte[] record = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            in.get(record);
            assertThat(unmasked(in.getInt())).isEqualTo(crc(record));
            records.add(record);
        }
        return records;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** tensorflow/core/lib/hash/crc32c.h: Unmask. */
    private static int unmasked(int masked) {
        int rotated = masked - 0xa282ead8;
        return rotated >>> 17 | rotated << 15;
    }

    private static Map<Integer, Object> message(@Nullable Object bytes) {
        return fields((byte[]) Objects.requireNonNull(bytes));
    }

    private static String text(@Nullable Object bytes) {
        return new String((byte[]) Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
    }

    private static Map<Integer, Object> fields(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, Object> fields = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            long key = varint(in);
            Object value = switch ((int) (key & 7)) {
                case 0 -> varint(in);
                case 1 -> in.getDouble();
                case 5 -> in.getFloat();
                default -> {
                    byte[] bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                    yield bytes;
                }
            };
            fields.put((int) (key >>> 3), value);
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            value |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
