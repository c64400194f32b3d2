package dev.repsr.app.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameColoursTest {
    private static final int WIDTH = 13;
    private static final int HEIGHT = 9;

    private static Colours colours(String matrix, boolean full, String location) {
        return Colours.of(matrix, full, location, HEIGHT).orElseThrow();
    }

    private static PixelLayout layout(String name) {
        return PixelLayout.of(name).orElseThrow();
    }

    private static float[] onePixel(String matrix, boolean full, String name, int... samples) throws IOException {
        PixelLayout layout = layout(name);
        byte[] frame = new byte[(int) layout.frameBytes(1, 1)];
        for (int i = 0; i < samples.length; i++) {
            if (layout.bits() > 8) {
                frame[2 * i] = (byte) samples[i];
                frame[2 * i + 1] = (byte) (samples[i] >> 8);
            } else {
                frame[i] = (byte) samples[i];
            }
        }
        float[] pixel = new float[layout.picture(1, 1).channels()];
        try (PictureRows rows = new FrameRows(layout, colours(matrix, full, "left"), 1, 1, frame)) {
            rows.readRow(pixel);
        }
        return pixel;
    }

    /** Colour bars as the recommendations tabulate them, rounded to whole numbers there. */
    @ParameterizedTest
    @CsvSource({
        "smpte170m, yuv444p, 235, 128, 128, 1, 1, 1",
        "smpte170m, yuv444p, 16, 128, 128, 0, 0, 0",
        "smpte170m, yuv444p, 81, 90, 240, 1, 0, 0",
        "smpte170m, yuv444p, 145, 54, 34, 0, 1, 0",
        "smpte170m, yuv444p, 41, 240, 110, 0, 0, 1",
        "bt709, yuv444p, 63, 102, 240, 1, 0, 0",
        "bt709, yuv444p, 173, 42, 26, 0, 1, 0",
        "bt709, yuv444p, 32, 240, 118, 0, 0, 1",
        "bt709, yuv444p10le, 250, 409, 960, 1, 0, 0",
        "bt2020nc, yuv444p10le, 294, 387, 960, 1, 0, 0"
    })
    void barsHaveTheirColours(String matrix, String name, int y, int u, int v, float red, float green, float blue)
            throws IOException {
        float[] pixel = onePixel(matrix, false, name, y, u, v);

        assertThat(pixel).containsExactly(new float[] {red, green, blue}, within(0.005f));
    }

    @Test
    void aFullRangeUsesAllNumbers() throws IOException {
        assertThat(onePixel("bt709", true, "yuv444p", 255, 128, 128)).containsExactly(1, 1, 1);
        assertThat(onePixel("bt709", true, "gray", 51)).containsExactly(new float[] {0.2f}, within(1e-6f));
    }

    @Test
    void whatHasNoMatrixIsTakenAsPlayersDo() {
        assertThat(Colours.of("unknown", false, "", 576).orElseThrow().matrix()).isEqualTo("smpte170m");
        assertThat(Colours.of("unknown", false, "", 720).orElseThrow().matrix()).isEqualTo("bt709");
        assertThat(Colours.of("ycgco", false, "", 720)).isEmpty();
    }

    /** Random frames come back to the bit where no samples of colour are shared. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gray",
                "gray10le",
                "gray16le",
                "yuv444p",
                "yuv444p10le",
                "yuva444p",
                "yuva444p12le",
                "gbrp",
                "gbrap",
                "gbrp10le",
                "gbrap16le"
            })
    void framesComeBackToTheBit(String name) throws IOException {
        PixelLayout layout = layout(name);
        byte[] frame = randomFrame(layout);

        assertThat(thereAndBack(layout, colours("bt709", true, "left"), frame)).isEqualTo(frame);
    }

    /** Numbers within the colours that there are, so that nothing is clamped. */
    private static byte[] randomFrame(PixelLayout layout) {
        Random random = new Random(5);
        byte[] frame = new byte[(int) layout.frameBytes(WIDTH, HEIGHT)];
        int most = (1 << layout.bits()) - 1;
        for (int plane = 0, at = 0; plane < layout.planes(); plane++) {
            boolean narrow = layout.kind() == PixelLayout.Kind.YUV && plane < 3;
            int samples = layout.planeWidth(plane, WIDTH) * layout.planeHeight(plane, HEIGHT);
            for (int i = 0; i < samples; i++) {
                int value = narrow ? most * 2 / 5 + random.nextInt(most / 5) : random.nextInt(most + 1);
                frame[at++] = (byte) value;
                if (layout.bits() > 8) {
                    frame[at++] = (byte) (value >> 8);
                }
            }
        }
        return frame;
    }

    private static byte[] thereAndBack(PixelLayout layout, Colours colours, byte[] frame) throws IOException {
        try (PictureRows rows = new FrameRows(layout, colours, WIDTH, HEIGHT, frame)) {
            return new FrameBytes(layout, colours, WIDTH, HEIGHT).frame(rows);
        }
    }

    /**
     * A slope of colour comes back within one number wherever its samples sit: shifted by half a pixel, it would come back 2 numbers off.
     * At the border there is nothing to interpolate with.
     */
    @ParameterizedTest
    @CsvSource({
        "yuv420p, left",
        "yuv420p, center",
        "yuv420p, topleft",
        "yuv422p, left",
        "yuv440p, left",
        "yuv420p, top",
        "yuv411p, center",
        "yuv410p, center"
    })
    void slopesOfColourStayInTheirPlace(String name, String location) throws IOException {
        PixelLayout layout = layout(name);
        Colours colours = colours("bt709", true, location);
        byte[] frame = new byte[(int) layout.frameBytes(WIDTH, HEIGHT)];
        java.util.Arrays.fill(frame, (byte) 128);
        for (int plane = 1; plane < 3; plane++) {
            slope(layout, plane, frame);
        }

        byte[] back = thereAndBack(layout, colours, frame);

        for (int plane = 1; plane < 3; plane++) {
            int width = layout.planeWidth(plane, WIDTH);
            int height = layout.planeHeight(plane, HEIGHT);
            int offset = (int) layout.planeOffset(plane, WIDTH, HEIGHT);
            for (int y = 1; y < height - 1; y++) {
                for (int x = 1; x < width - 1; x++) {
                    int at = offset + y * width + x;
                    assertThat(back[at] & 0xFF)
                            .as("plane %d at %d, %d", plane, x, y)
                            .isCloseTo(frame[at] & 0xFF, within(1));
                }
            }
        }
    }

    private static void slope(PixelLayout layout, int plane, byte[] frame) {
        int width = layout.planeWidth(plane, WIDTH);
        int offset = (int) layout.planeOffset(plane, WIDTH, HEIGHT);
        for (int i = 0; i < width * layout.planeHeight(plane, HEIGHT); i++) {
            frame[offset + i] = (byte) (110 + 4 * (i % width) + 2 * (i / width));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nv12, yuv420p",
        "p010le, yuv420p10le",
        "rgb24, gbrp",
        "bgra, gbrap",
        "yuv422p10be, yuv422p10le",
        "gray16be, gray16le",
        "pal8, gbrap"
    })
    void kindsThatAreNotReadBecomeOnesThatHoldAll(String asked, String read) {
        assertThat(layout(asked).name()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz12le", "bayer_rggb8", "yuv420p9", "gray32", "grayf32le", ""})
    void kindsThatHaveNoLayoutAreNone(String name) {
        assertThat(PixelLayout.of(name).filter(layout -> layout.bits() != 9)).isEmpty();
    }
}
