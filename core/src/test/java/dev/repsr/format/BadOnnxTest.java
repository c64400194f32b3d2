package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX files that were made by hand to be wrong, or that are other networks. */
class BadOnnxTest {

    record Bad(String what, byte[] file) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Bad> files() {
        return Stream.of(bytes(), graphs(), layers(), tensors()).flatMap(bad -> bad);
    }

    private static Bad sketch(String what, Consumer<OnnxSketch> change) {
        OnnxSketch sketch = new OnnxSketch();
        change.accept(sketch);
        return new Bad(what, sketch.bytes());
    }

    private static Stream<Bad> bytes() {
        byte[] sound = new OnnxSketch().bytes();
        byte[] longest = {0x3A, -1, -1, -1, -1, -1, -1, -1, -1, 0x7F};
        byte[] negative = {0x3A, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        byte[] endless = new byte[30];
        Arrays.fill(endless, (byte) -1);
        return Stream.of(
                new Bad("no bytes", new byte[0]),
                new Bad("a text", "This is no model at all, it is a text.".getBytes(StandardCharsets.UTF_8)),
                new Bad("a graph of 2^63 - 1 bytes", longest),
                new Bad("a graph of -1 bytes", negative),
                new Bad("a number without end", endless),
                new Bad("field number 0", new byte[] {0, 0}),
                new Bad("a group", new byte[] {0x3B, 0x3C}),
                new Bad("wire type 7", new byte[] {0x3F, 0}),
                new Bad("graph as a number", new byte[] {0x38, 1}),
                new Bad("two models", concat(sound, sound)),
                new Bad("nested 1,000 deep", nested(1_000)));
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** A node that holds an attribute that holds a graph that holds a node, and so on. */
    private static byte[] nested(int depth) {
        byte[] bytes = new byte[0];
        for (int i = 0; i < depth; i++) {
            ProtobufWriter attribute = new ProtobufWriter().string(1, "body").bytes(6, bytes);
            bytes = new ProtobufWriter()
                    .message(1, new ProtobufWriter().string(4, "Loop").message(5, attribute))
                    .toByteArray();
        }
        return new ProtobufWriter().bytes(7, bytes).toByteArray();
    }

    private static Stream<Bad> graphs() {
        return Stream.of(
                new Bad(
                        "no operator set",
                        new ProtobufWriter()
                                .message(7, new OnnxSketch().graph())
                                .toByteArray()),
                sketch("operator set 1", s -> s.opset(1)),
                sketch("operator set 99", s -> s.opset(99)),
                sketch(
                        "functions",
                        s -> s.with(
                                1,
                                new ProtobufWriter()
                                        .string(2, "x")
                                        .string(4, "F")
                                        .string(7, "mine"))),
                sketch("sparse tensors", s -> s.with(15, new ProtobufWriter())),
                sketch("second input", s -> s.with(11, new ProtobufWriter().string(1, "in2"))),
                sketch("second output", s -> s.with(12, new ProtobufWriter().string(1, "d"))),
                sketch("output that nothing makes", s -> s.ends("in", "nothing")),
                sketch("output that is the input", s -> s.ends("in", "in")),
                sketch("output before the end", s -> s.ends("in", "d")),
                sketch("input that nothing reads", s -> s.ends("other", "out")),
                sketch(
                        "no nodes",
                        s -> List.of("conv0", "relu", "conv1", "shuffle", "resize", "add")
                                .forEach(s::without)),
                sketch(
                        "a cycle of layers",
                        s -> s.node("conv0", "Conv", "a", "c", "body.0.weight", "body.0.bias")
                                .message(5, OnnxSketch.integers("pads", 1, 1, 1, 1))),
                sketch("a cycle of names", s -> {
                    s.node("i", "Identity", "x", "y");
                    s.node("j", "Identity", "y", "x");
                    s.node("relu", "PRelu", "b", "x", "body.1.weight");
                }),
                sketch("a blob made twice", s -> s.node("again", "Relu", "a", "in")),
                sketch("a layer that makes the input", s -> s.node("again", "Relu", "in", "a")),
                sketch("a layer too many", s -> s.node("again", "Relu", "z", "a")),
                sketch("a layer used twice", s -> s.node("add", "Add", "out", "d", "d")),
                sketch("no skip", s -> s.without("add").ends("in", "d")),
                sketch("500 layers that copy", s -> {
                    for (int i = 0; i < 500; i++) {
                        s.node("n" + i, "Identity", "o" + i, "a");
                    }
                    s.node("relu", "Tanh", "b", "a");
                }),
                sketch("5000 layers", s -> {
                    for (int i = 0; i < 5000; i++) {
                        s.node("n" + i, "Identity", "o" + i, "in");
                    }
                }));
    }

    private static Stream<Bad> layers() {
        return Stream.of(
                sketch("tanh", s -> s.node("relu", "Tanh", "b", "a")),
                sketch("sigmoid at the end", s -> {
                    s.node("end", "Sigmoid", "out2", "out");
                    s.ends("in", "out2");
                }),
                sketch("two convolutions in a row", s -> s.node("relu", "Conv", "b", "a", "body.0.weight")),
                sketch("convolution without padding", s -> s.node("conv0", "Conv", "a", "in", "body.0.weight")),
                sketch("stride 2", s -> conv(s).message(5, OnnxSketch.integers("strides", 2, 2))),
                sketch("dilation 2", s -> conv(s).message(5, OnnxSketch.integers("dilations", 2, 2))),
                sketch("three groups", s -> conv(s).message(5, OnnxSketch.integer("group", 3))),
                sketch("kernel_shape 5", s -> conv(s).message(5, OnnxSketch.integers("kernel_shape", 5, 5))),
                sketch("an attribute twice", s -> conv(s).message(5, OnnxSketch.integers("pads", 1, 1, 1, 1))),
                sketch("an attribute of 100 numbers", s -> conv(s).message(5, OnnxSketch.integers("x", new long[100]))),
                sketch(
                        "weights that are computed",
                        s -> s.node("conv0", "Conv", "a", "in", "b")
                                .message(5, OnnxSketch.integers("pads", 1, 1, 1, 1))),
                sketch("shuffle of 0", s -> s.node("shuffle", "DepthToSpace", "d", "c")),
                sketch(
                        "shuffle of -2",
                        s -> s.node("shuffle", "DepthToSpace", "d", "c")
                                .message(5, OnnxSketch.integer("blocksize", -2))),
                sketch(
                        "shuffle of 4",
                        s -> s.node("shuffle", "DepthToSpace", "d", "c")
                                .message(5, OnnxSketch.integer("blocksize", 4))),
                sketch(
                        "shuffle of unknown order",
                        s -> s.node("shuffle", "DepthToSpace", "d", "c")
                                .message(5, OnnxSketch.integer("blocksize", 2))
                                .message(5, OnnxSketch.string("mode", "XYZ"))),
                sketch(
                        "linear resize",
                        s -> s.node("resize", "Resize", "e", "in", "", "scales")
                                .message(5, OnnxSketch.string("mode", "linear"))),
                sketch(
                        "resize by corners",
                        s -> s.node("resize", "Resize", "e", "in", "", "scales")
                                .message(5, OnnxSketch.string("coordinate_transformation_mode", "align_corners"))),
                sketch("resize by sizes", s -> s.node("resize", "Resize", "e", "in", "", "", "scales")),
                sketch(
                        "foreign operators",
                        s -> s.node("relu", "PRelu", "b", "a", "body.1.weight").string(7, "com.example")),
                sketch(
                        "layer of two outputs",
                        s -> s.node("relu", "PRelu", "b", "a", "body.1.weight").string(2, "b2")),
                sketch(
                        "layer of 20 inputs",
                        s -> s.node("add", "Add", "out", "d e d e d e d e d e d e d e d e d e d e".split(" ", -1))));
    }

    private static ProtobufWriter conv(OnnxSketch sketch) {
        return sketch.node("conv0", "Conv", "a", "in", "body.0.weight", "body.0.bias")
                .message(5, OnnxSketch.integers("pads", 1, 1, 1, 1));
    }

    private static Stream<Bad> tensors() {
        int[] two = {2};
        return Stream.of(
                tensor(
                        "external data",
                        OnnxSketch.describe("body.0.bias", two, 1)
                                .message(
                                        13,
                                        new ProtobufWriter()
                                                .string(1, "location")
                                                .string(2, "../../etc/passwd"))),
                tensor(
                        "external data by its place",
                        OnnxSketch.describe("body.0.bias", two, 1).integer(14, 1)),
                tensor("no numbers", OnnxSketch.describe("body.0.bias", two, 1)),
                tensor(
                        "too few numbers",
                        OnnxSketch.describe("body.0.bias", two, 1).bytes(9, new byte[7])),
                tensor(
                        "too many numbers",
                        OnnxSketch.describe("body.0.bias", two, 1).bytes(9, new byte[12])),
                tensor(
                        "sides that lie",
                        OnnxSketch.describe("body.0.bias", new int[] {1 << 30}, 1)
                                .bytes(9, new byte[8])),
                tensor(
                        "sides that overflow",
                        OnnxSketch.describe("body.0.bias", new int[] {1 << 30, 1 << 30, 1 << 30}, 1)
                                .bytes(9, new byte[8])),
                tensor(
                        "a negative side",
                        OnnxSketch.describe("body.0.bias", new int[] {-2}, 1).bytes(9, new byte[8])),
                tensor(
                        "nine sides",
                        OnnxSketch.describe("body.0.bias", new int[9], 1).bytes(9, new byte[8])),
                tensor(
                        "whole numbers",
                        OnnxSketch.describe("body.0.bias", two, 7).bytes(9, new byte[16])),
                tensor("texts", OnnxSketch.describe("body.0.bias", two, 8).bytes(9, new byte[16])),
                tensor("NaN", OnnxSketch.describe("body.0.bias", two, 1).bytes(9, new byte[] {0, 0, -64, 127, 0, 0, 0, 0
                })),
                tensor(
                        "a name that is no text",
                        OnnxSketch.describe("body.0.bias", two, 1).bytes(8, new byte[] {-1, -1})),
                sketch(
                        "a tensor twice",
                        s -> s.tensor(
                                "copy",
                                OnnxSketch.describe("body.0.bias", two, 1).bytes(9, new byte[8]))),
                sketch("scales of 1.5", s -> s.tensor("scales", new int[] {4}, 1, 1, 1.5f, 1.5f)),
                sketch("scales of 2 and 3", s -> s.tensor("scales", new int[] {4}, 1, 1, 2, 3)),
                sketch("scales of 3", s -> s.tensor("scales", new int[] {4}, 1, 1, 3, 3)),
                sketch("scales of NaN", s -> s.tensor("scales", new int[] {4}, 1, 1, Float.NaN, Float.NaN)),
                sketch("slopes of another number", s -> s.tensor("body.1.weight", new int[] {3, 1, 1}, 1, 2, 3)),
                sketch("slopes along the rows", s -> s.tensor("body.1.weight", two, 1, 2)),
                sketch("four channels in", s -> s.tensor("body.0.weight", new int[] {2, 4, 3, 3}, new float[72])));
    }

    private static Bad tensor(String what, ProtobufWriter message) {
        return sketch(what, sketch -> sketch.tensor("body.0.bias", message));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefused(Bad bad) {
        assertThat(Hostile.isRefused(bad.what, ModelFormat.ONNX, List.of(bad.file)))
                .isTrue();
    }

    @Test
    void areMoreThanForty() {
        assertThat(files()).hasSizeGreaterThan(40);
    }
}
