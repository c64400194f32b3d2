package dev.repsr.app.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NutTest {
    private static final int MOST_FRAME = 100_000;
    private static final int DAMAGES = 20_000;

    private final Random random = new Random(3);

    private static NutHeader header(byte... setup) {
        return new NutHeader(1001, 30_000, new byte[] {'I', '4', '2', '0'}, 48, 32, 4, 3, 2, setup);
    }

    private NutFrame frame(long timestamp, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new NutFrame(timestamp, length % 2 == 0, bytes);
    }

    private static byte[] written(NutHeader header, List<NutFrame> frames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NutWriter writer = new NutWriter(out, header);
        for (NutFrame frame : frames) {
            writer.write(frame);
        }
        return out.toByteArray();
    }

    private static List<NutFrame> read(byte[] bytes) throws IOException {
        List<NutFrame> frames = new ArrayList<>();
        try (NutReader reader = new NutReader(new ByteArrayInputStream(bytes), MOST_FRAME)) {
            for (NutFrame next = reader.next(); next != null; next = reader.next()) {
                frames.add(next);
            }
        }
        return frames;
    }

    /** Lengths around the limit of checksums, timestamps out of order and far apart. */
    private List<NutFrame> frames() {
        return List.of(
                frame(0, 0), frame(3, 1), frame(1, 4095), frame(2, 4096), frame(130, 4097), frame(1L << 40, 70_000));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        byte[] setup = new byte[5000];
        random.nextBytes(setup);
        List<NutFrame> frames = frames();

        byte[] bytes = written(header(setup), frames);

        try (NutReader reader = new NutReader(new ByteArrayInputStream(bytes), MOST_FRAME)) {
            assertThat(reader.header()).usingRecursiveComparison().isEqualTo(header(setup));
        }
        assertThat(read(bytes)).usingRecursiveComparison().isEqualTo(frames);
    }

    @Test
    void aFrameBeyondTheLimitIsRefusedBeforeItTakesMemory() throws IOException {
        byte[] bytes = written(header(), List.of(frame(0, MOST_FRAME + 1)));

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a frame has 100001 bytes, and 100000 are the most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nut", "nut/multimedia container", "RIFF....AVI "})
    void whatIsNoNutStreamIsRefused(String text) {
        assertThatThrownBy(() -> read(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aStreamThatEndsWithinAFrameSaysSo() throws IOException {
        byte[] bytes = written(header(), frames());

        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(EOFException.class)
                .hasMessage("The stream of frames ends within one");
    }

    @Test
    void damagedBytesAreRefusedOrGiveFramesWithinTheLimit() throws IOException {
        byte[] whole = written(header((byte) 1), List.of(frame(0, 40), frame(1, 41), frame(2, 42)));
        int refused = 0;
        for (int i = 0; i < DAMAGES; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int j = random.nextInt(4); j >= 0 && bytes.length > 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                read(bytes).forEach(frame -> assertThat(frame.bytes()).hasSizeLessThanOrEqualTo(MOST_FRAME));
            } catch (IOException e) {
                refused++;
            }
        }
        // Half of the bytes are headers, which have checksums.
        assertThat(refused).isGreaterThan(DAMAGES / 2);
    }
}
