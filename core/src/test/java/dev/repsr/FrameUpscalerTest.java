package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FrameUpscalerTest {
    private static final PictureFormat GREY = new PictureFormat(24, 16, 1, 8);
    private static final Upscaler NEAREST = Upscaler.of(TestModels.nearest(2), UpscaleOptions.defaults());

    /** A slope of grey. */
    private static PictureRows slope(PictureFormat format) {
        return new PictureRows() {
            private int y;

            @Override
            public PictureFormat format() {
                return format;
            }

            @Override
            public void readRow(float[] row) {
                for (int x = 0; x < format.width(); x++) {
                    row[x] = x / 64f + y / 64f;
                }
                y++;
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
    }

    @Test
    void framesOneAfterTheOtherAreEachEnlarged() throws IOException {
        FrameUpscaler frames = NEAREST.frames("film", GREY, output -> 0);

        for (int frame = 0; frame < 2; frame++) {
            try (PictureRows rows = frames.enlarge(slope(GREY))) {
                assertThat(rows.format()).isEqualTo(frames.output()).isEqualTo(new PictureFormat(48, 32, 1, 8));
                float[] row = new float[48];
                for (int y = 0; y < 32; y++) {
                    int from = y / 2;
                    rows.readRow(row);
                    assertThat(row[0]).isEqualTo(from / 64f);
                    assertThat(row[47]).isEqualTo(23 / 64f + from / 64f);
                }
            }
        }
    }

    @Test
    void whatTheCallerHoldsCountsAmongWhatIsAllowed() throws IOException {
        long least = NEAREST.frames("film", GREY, output -> 0).memoryBytes();

        assertThat(NEAREST.frames("film", GREY, output -> 1000).memoryBytes()).isEqualTo(least + 1000);
        Upscaler little = NEAREST.with(NEAREST.options().withMemoryBytes(least + 1000));
        assertThatThrownBy(() -> little.frames("film", GREY, output -> least * 4))
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("film needs");
    }

    @Test
    void otherFramesAndTooLargeOnesAreRefused() throws IOException {
        FrameUpscaler frames = NEAREST.frames("film", GREY, output -> 0);
        assertThatThrownBy(() -> frames.enlarge(slope(GREY.resized(23, 16))))
                .isInstanceOf(IllegalArgumentException.class);

        Upscaler small = NEAREST.with(NEAREST.options().withLimits(ImageLimits.ofInputPixels(100)));
        assertThatThrownBy(() -> small.frames("film", GREY, output -> 0)).isInstanceOf(ImageRefused.class);
    }
}
