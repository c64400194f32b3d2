package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Safetensors files that were made by hand to be wrong. */
class BadSafetensorsTest {
    private static final String SOUND = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";

    record Bad(String what, byte[] file) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Bad> files() {
        return Stream.concat(lengths(), Stream.concat(structures(), tensors()));
    }

    private static Stream<Bad> lengths() {
        byte[] sound = file("{\"a\":" + SOUND + "}", 4);
        return Stream.of(
                new Bad("no byte", new byte[0]),
                new Bad("seven bytes", new byte[7]),
                new Bad("header of length 0", length(sound, 0)),
                new Bad("header of length 1", length(sound, 1)),
                new Bad("negative length", length(sound, -1)),
                new Bad("smallest length", length(sound, Long.MIN_VALUE)),
                new Bad("largest length", length(sound, Long.MAX_VALUE)),
                new Bad("header beyond the file", length(sound, 500_000)),
                new Bad("header beyond the limit", length(sound, 1 << 21)),
                new Bad("header one byte short", length(sound, sound.length - 13)),
                new Bad("header one byte long", length(sound, sound.length - 11)));
    }

    private static Stream<Bad> structures() {
        return Stream.of(
                        "",
                        "[]",
                        "{",
                        "}",
                        "{}x",
                        "null",
                        "{\"a\"}",
                        "{\"a\":}",
                        "{\"a\":1}",
                        "{\"a\":{}}",
                        "{'a':1}",
                        "{\"a\":" + SOUND + ",}",
                        "{\"a\":" + SOUND + ",\"a\":" + SOUND + "}",
                        "{\"a\\u00zz\":" + SOUND + "}",
                        "{\"a\n\":" + SOUND + "}",
                        "\u0000\u0000",
                        "{\"a\":[[[[[[[[[[[[[[1]]]]]]]]]]]]]]}",
                        "{\"a\":" + "[".repeat(60_000),
                        "{\"__metadata__\":[],\"a\":" + SOUND + "}",
                        "{\"__metadata__\":{\"k\":1},\"a\":" + SOUND + "}",
                        "{\"__metadata__\":{\"repsr\":\"1\"},\"a\":" + SOUND + "}",
                        "{\"__metadata__\":{\"file_sha256\":\"00\"},\"a\":" + SOUND + "}",
                        "{\"a\":" + "9".repeat(40) + "}",
                        "{" + "\"a\":{},".repeat(30_000) + "}",
                        "{\"a\":[" + "1,".repeat(400_000) + "1]}")
                .map(header -> new Bad(header.length() > 70 ? header.substring(0, 70) : header, file(header, 4)));
    }

    private static Stream<Bad> tensors() {
        return Stream.of(
                        "\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,4]",
                        "\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]",
                        "\"dtype\":null,\"shape\":[1],\"data_offsets\":[0,4]",
                        "\"shape\":[1],\"data_offsets\":[0,4]",
                        "\"dtype\":\"F32\",\"data_offsets\":[0,4]",
                        "\"dtype\":\"F32\",\"shape\":[1]",
                        "\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,4]",
                        "\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]",
                        "\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,-4]",
                        "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]",
                        "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]",
                        "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]",
                        "\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]",
                        "\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,17179869184]",
                        "\"dtype\":\"F32\",\"shape\":[100000000],\"data_offsets\":[0,400000000]",
                        "\"dtype\":\"F32\",\"shape\":[4294967297],\"data_offsets\":[0,4]",
                        "\"dtype\":\"F32\",\"shape\":[9223372036854775807,2],\"data_offsets\":[0,4]",
                        "\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]",
                        "\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]",
                        "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]")
                .map(fields -> new Bad(fields, file("{\"body.0.weight\":{" + fields + "}}", 4)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefused(Bad bad) {
        assertThat(Hostile.isRefused(bad.what, ModelFormat.SAFETENSORS, List.of(bad.file)))
                .isTrue();
    }

    @Test
    void areMoreThanForty() {
        assertThat(files()).hasSizeGreaterThan(40);
    }

    private static byte[] file(String header, int dataLength) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + dataLength)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    private static byte[] length(byte[] file, long length) {
        byte[] changed = file.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        return changed;
    }
}
