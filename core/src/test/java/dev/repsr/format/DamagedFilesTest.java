package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Truncated files and files with changed bits, of every format. */
class DamagedFilesTest {
    private static final int FLIPS = 20_000;

    @ParameterizedTest
    @EnumSource(ModelFormat.class)
    void wholeFilesAreNotRefused(ModelFormat format) throws IOException {
        for (Precision precision : List.of(Precision.FLOAT32, Precision.FLOAT16)) {
            assertThat(Hostile.isRefused("the whole file", format, SmallModel.files(format, precision)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(ModelFormat.class)
    void everyTruncationIsRefused(ModelFormat format) throws IOException {
        List<byte[]> whole = SmallModel.files(format);
        for (int part = 0; part < whole.size(); part++) {
            // A text whose last word is shorter only gives the result another name.
            int lastWord = format == ModelFormat.NCNN && part == 0 ? "utput\n".length() : 0;
            int end = whole.get(part).length - lastWord;
            for (int length = 0; length < end; length++) {
                List<byte[]> files = new ArrayList<>(whole);
                files.set(part, Arrays.copyOf(whole.get(part), length));
                boolean refused = Hostile.isRefused("the first " + length + " bytes", format, files);
                // Whole fields at an end that nothing needs, such as ONNX's metadata, may be missing.
                if (format != ModelFormat.ONNX) {
                    assertThat(refused)
                            .as("the first %d bytes of file %d", length, part)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ModelFormat.class)
    void flippedBitsGiveANetworkOrARefusal(ModelFormat format) throws IOException {
        List<byte[]> whole = SmallModel.files(format);
        SplittableRandom random = new SplittableRandom(11);
        int refusals = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            List<byte[]> files = new ArrayList<>(whole);
            int part = random.nextInt(files.size());
            byte[] bad = whole.get(part).clone();
            for (int bits = random.nextInt(1, 5); bits > 0; bits--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            files.set(part, bad);
            if (Hostile.isRefused("flip " + flip, format, files)) {
                refusals++;
            }
        }
        assertThat(refusals).isGreaterThan(FLIPS / 20);
    }

    @ParameterizedTest
    @EnumSource(ModelFormat.class)
    void anotherFormatsBytesAreRefused(ModelFormat format) throws IOException {
        for (ModelFormat other : ModelFormat.values()) {
            if (other != format) {
                List<byte[]> files = new ArrayList<>(SmallModel.files(other).subList(0, 1));
                if (format == ModelFormat.NCNN) {
                    files.add(new byte[0]);
                }
                assertThat(Hostile.isRefused(other.word(), format, files)).isTrue();
            }
        }
    }
}
