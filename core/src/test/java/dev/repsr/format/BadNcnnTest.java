package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ncnn files that were made by hand to be wrong, or that are other networks. */
class BadNcnnTest {

    record Bad(String what, byte[] text, byte[] numbers) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** The sound text with one piece replaced. */
    private static Bad text(String piece, String replacement) throws IOException {
        List<byte[]> sound = SmallModel.files(ModelFormat.NCNN);
        String text = new String(sound.getFirst(), StandardCharsets.US_ASCII);
        assertThat(text).contains(piece);
        String changed = text.replace(piece, replacement);
        String what = piece.strip() + " becomes " + replacement.strip();
        return new Bad(
                what.length() > 80 ? what.substring(0, 80) : what,
                changed.getBytes(StandardCharsets.ISO_8859_1),
                sound.getLast());
    }

    private static Bad numbers(String what, byte[] numbers) throws IOException {
        return new Bad(what, SmallModel.files(ModelFormat.NCNN).getFirst(), numbers);
    }

    static Stream<Bad> files() throws IOException {
        return Stream.of(texts(), layers(), binaries()).flatMap(bad -> bad);
    }

    private static Stream<Bad> texts() throws IOException {
        byte[] none = new byte[0];
        return Stream.of(
                new Bad("no bytes", none, none),
                new Bad("only the first line", "7767517\n".getBytes(StandardCharsets.US_ASCII), none),
                new Bad("no layers", "7767517\n0 0\n".getBytes(StandardCharsets.US_ASCII), none),
                new Bad(
                        "a billion layers said",
                        "7767517\n1000000000 2\nInput i 0 1 data\n".getBytes(StandardCharsets.US_ASCII),
                        none),
                new Bad("2 MB of text", ("7767517\n" + "x".repeat(1 << 21)).getBytes(StandardCharsets.US_ASCII), none),
                new Bad(
                        "10,000 lines",
                        ("7767517\n10000 1\n" + "Noop n 0 0\n".repeat(10_000)).getBytes(StandardCharsets.US_ASCII),
                        none),
                new Bad("510 layers that copy", many(510), none),
                text("7767517", "7767518"),
                text("10 11", "10 12"),
                text("10 11", "9 11"),
                text("10 11", "-10 11"),
                text("10 11", "10"),
                text("10 11", "ten 11"),
                text("1 1 picture map0", "1 1"),
                text("1 1 picture map0", "one 1 picture map0"),
                text("1 1 picture map0", "-1 1 picture map0"),
                text("1 1 picture map0", "1000000 1 picture map0"),
                text("1 1 picture map0", "0 1 map0"),
                text("1 1 picture map0", "1 1 nowhere map0"),
                text("1 1 picture map0", "1 1 map2 map0"),
                text("1 1 picture map0", "1 1 picture data"),
                text("0 1 data", "0 0"),
                text("PReLU map1 1 1 map0 map1", "Input second 0 1 map1"));
    }

    private static byte[] many(int layers) {
        StringBuilder text = new StringBuilder("7767517\n" + (layers + 1) + " " + (layers + 1) + "\nInput i 0 1 b0\n");
        for (int i = 0; i < layers; i++) {
            text.append("Noop n 1 1 b").append(i).append(" b").append(i + 1).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Stream<Bad> layers() throws IOException {
        return Stream.of(
                text("PReLU map1", "TanH map1"),
                text("PReLU map1", "Convolution map1"),
                text("PReLU map1 1 1 map0 map1 0=2", "PReLU map1 1 1 map0 map1 0=-2"),
                text("PReLU map1 1 1 map0 map1 0=2", "PReLU map1 1 1 map0 map1 0=1000000000"),
                text("PReLU map1 1 1 map0 map1 0=2", "PReLU map1 1 1 map0 map1 1=2"),
                text("0=2 1=3 4=1 5=1 6=54", "0=2 1=5 4=1 5=1 6=54"),
                text("0=2 1=3 4=1 5=1 6=54", "0=2 1=3 11=1 4=1 5=1 6=54"),
                text("0=2 1=3 4=1 5=1 6=54", "0=2 1=3 4=0 5=1 6=54"),
                text("0=2 1=3 4=1 5=1 6=54", "0=2 1=3 3=2 4=1 5=1 6=54"),
                text("0=2 1=3 4=1 5=1 6=54", "0=2 1=3 4=1 5=1 6=55"),
                text("0=2 1=3 4=1 5=1 6=54", "0=2 1=3 4=1 5=1 6=-54"),
                text("0=2 1=3 4=1 5=1 6=54", "0=2 1=3 4=1 5=1 6=2147483646"),
                text("0=2 1=3 4=1 5=1 6=54", "0=0 1=3 4=1 5=1 6=54"),
                text("0=2 1=3 4=1 5=1 6=54", "0=1e300 1=3 4=1 5=1 6=54"),
                text("0=2 1=3 4=1 5=1 6=54", "0=2 1=3 4=1 5=1 6=54 0=2"),
                text("0=2 1=3 4=1 5=1 6=54", "0=2 1=3 4=1 5=1 6=54 77=1"),
                text("0=2 1=3 4=1 5=1 6=54", "0=2 1=3 4=1 5=1 6=54 8=1"),
                text("0=2 1=3 4=1 5=1 6=54", "0=2 1=3 4=1 5=1 6=54 9=4"),
                text("0=2 1=3 4=1 5=1 6=54", "0=two 1=3 4=1 5=1 6=54"),
                text("0=2 1=3 4=1 5=1 6=54", "nonsense"),
                text("PixelShuffle map5 1 1 map4 map5 0=1", "PixelShuffle map5 1 1 map4 map5 0=2"),
                text("PixelShuffle map5 1 1 map4 map5 0=1", "PixelShuffle map5 1 1 map4 map5 0=-1"),
                text("PixelShuffle map5 1 1 map4 map5 0=1", "PixelShuffle map5 1 1 map4 map5 0=1 1=7"),
                text("0=1 1=1.000000e+00", "0=2 1=1.000000e+00"),
                text("0=1 1=1.000000e+00", "0=1 1=2.000000e+00"),
                text("0=1 1=1.000000e+00", "0=1 1=NaN"),
                text("0=1 1=1.000000e+00", "0=1 3=100 1=1.000000e+00"),
                text("BinaryOp output 2 1 map5 nearest output", "BinaryOp output 2 1 map5 nearest output 0=2"),
                text("BinaryOp output 2 1 map5 nearest output", "BinaryOp output 2 1 map5 map5 output"),
                text("BinaryOp output 2 1 map5 nearest output", "BinaryOp output 1 1 map5 output"));
    }

    private static Stream<Bad> binaries() throws IOException {
        byte[] sound = SmallModel.files(ModelFormat.NCNN).getLast();
        return Stream.of(
                numbers("no numbers", new byte[0]),
                numbers("a number too few", Arrays.copyOf(sound, sound.length - 4)),
                numbers("a number too many", Arrays.copyOf(sound, sound.length + 4)),
                numbers("int8 weights", tag(sound, 0x000D4B38)),
                numbers("quantised weights", tag(sound, 1)),
                numbers("said to be halves", tag(sound, NcnnFile.FP16_TAG)),
                numbers("NaN", number(sound, Float.NaN)),
                numbers("infinity", number(sound, Float.NEGATIVE_INFINITY)));
    }

    private static byte[] tag(byte[] numbers, int tag) {
        byte[] changed = numbers.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(0, tag);
        return changed;
    }

    private static byte[] number(byte[] numbers, float value) {
        byte[] changed = numbers.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putFloat(8, value);
        return changed;
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefused(Bad bad) {
        assertThat(Hostile.isRefused(bad.what, ModelFormat.NCNN, List.of(bad.text, bad.numbers)))
                .isTrue();
    }

    @Test
    void areMoreThanForty() throws IOException {
        assertThat(files()).hasSizeGreaterThan(40);
    }
}
