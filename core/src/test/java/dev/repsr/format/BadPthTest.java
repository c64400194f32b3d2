package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.format.TorchArchive.Pickle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PyTorch files that were made by hand to be wrong, or to do harm where a pickle is run. */
class BadPthTest {
    private static final String ALLOWED =
            "\u0080\u0095(.NJKMGXc)]}tqrhjsuaebQR\u0088\u0089\u008a\u008c\u0093\u0085\u0086\u0087\u0094";

    record Bad(String what, byte[] file) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Bad> files() throws IOException {
        return Stream.of(pickles(), tensors(), archives()).flatMap(bad -> bad);
    }

    private static Bad pickle(String what, Pickle pickle) throws IOException {
        return new Bad(
                what, new TorchArchive().pickle(pickle.bytes()).storage("0", 4).bytes());
    }

    private static Stream<Bad> pickles() throws IOException {
        return Stream.of(
                pickle("empty pickle", new Pickle()),
                pickle("only a stop", new Pickle().ops(".")),
                pickle("a mark taken for a value", new Pickle().ops("(.")),
                pickle("no mark", new Pickle().ops("}u.")),
                pickle("not a dictionary", new Pickle().ops("N.")),
                pickle("dictionary without tensors", new Pickle().ops("}.")),
                pickle("protocol 99", new Pickle().op(0x80, 99).ops("}.")),
                pickle(
                        "os.system",
                        new Pickle()
                                .global("os", "system")
                                .text("touch /tmp/x")
                                .op(0x85)
                                .ops("R.")),
                pickle(
                        "posix.system by stack",
                        new Pickle().text("posix").text("system").op(0x93).ops("N\u0085R.")),
                pickle(
                        "builtins.eval",
                        new Pickle()
                                .global("builtins", "eval")
                                .text("1")
                                .op(0x85)
                                .ops("R.")),
                pickle("torch.load", new Pickle().global("torch", "load").ops(")R.")),
                pickle("name without end", new Pickle().ops("c" + "a".repeat(500))),
                pickle("name with strange letters", new Pickle().ops("co\u0001s\nsystem\n.")),
                pickle(
                        "tensor called with nothing",
                        new Pickle()
                                .global("torch._utils", "_rebuild_tensor_v2")
                                .ops(")R.")),
                pickle(
                        "storage called",
                        new Pickle().global("torch", "FloatStorage").ops(")R.")),
                pickle(
                        "dictionary called with a list",
                        new Pickle()
                                .global("collections", "OrderedDict")
                                .text("a")
                                .op(0x85)
                                .ops("R.")),
                pickle("call of a text", new Pickle().text("a").ops(")R.")),
                pickle(
                        "persistent id that is a text",
                        new Pickle().text("storage").ops("Q.")),
                pickle(
                        "text longer than the pickle",
                        new Pickle().op('X', 255, 255, 255, 127).ops(".")),
                pickle(
                        "text of negative length",
                        new Pickle().op('X', 255, 255, 255, 255).ops(".")),
                pickle(
                        "text that is not UTF-8",
                        new Pickle().op('X', 1, 0, 0, 0, 0xFF).ops(".")),
                pickle(
                        "memo with a gap",
                        new Pickle().ops("}r").op(255, 255, 255, 127).ops(".")),
                pickle("memo that is not there", new Pickle().ops("h").op(3).ops(".")),
                pickle("key that is a dictionary", new Pickle().ops("}}}s.")),
                pickle("odd number of members", new Pickle().ops("}(N").ops("u.")),
                pickle("member of a list", new Pickle().ops("]").text("a").ops("Ns.")),
                pickle("appended to a text", new Pickle().text("a").ops("Na.")),
                pickle("attributes of a text", new Pickle().text("a").ops("Nb.")),
                pickle(
                        "whole number of 200 bytes",
                        new Pickle().op(0x8A, 200).ops("x".repeat(200)).ops(".")),
                pickle("a million steps", new Pickle().ops("N".repeat(1000) + "}h".repeat(500_000))),
                pickle("nested without end", new Pickle().ops("(".repeat(100_000))),
                pickle(
                        "a dictionary of itself",
                        new Pickle()
                                .ops("}q")
                                .op(0)
                                .text("params")
                                .ops("h")
                                .op(0)
                                .ops("s.")));
    }

    private static Stream<Bad> tensors() throws IOException {
        return Stream.of(
                pickle("storage that is missing", Pickle.tensor("1", 1, 0, List.of(1), List.of(1))),
                pickle("storage out of the archive", Pickle.tensor("../../data", 1, 0, List.of(1), List.of(1))),
                pickle("storage shorter than said", Pickle.tensor("0", 2, 0, List.of(2), List.of(1))),
                pickle("storage of negative length", Pickle.tensor("0", -1, 0, List.of(1), List.of(1))),
                pickle("negative offset", Pickle.tensor("0", 1, -1, List.of(1), List.of(1))),
                pickle("offset behind the end", Pickle.tensor("0", 1, 1, List.of(1), List.of(1))),
                pickle("negative side", Pickle.tensor("0", 1, 0, List.of(-1), List.of(1))),
                pickle("negative stride", Pickle.tensor("0", 1, 0, List.of(1), List.of(-1))),
                pickle("stride behind the end", Pickle.tensor("0", 1, 0, List.of(2), List.of(1))),
                pickle("sides that overflow", Pickle.tensor("0", 1, 0, List.of(65536, 65536), List.of(0, 0))),
                pickle("one number as a billion", Pickle.tensor("0", 1, 0, List.of(1_000_000_000), List.of(0))),
                pickle("one number as a million", Pickle.tensor("0", 1, 0, List.of(1000, 1000), List.of(0, 0))),
                pickle("fewer strides than sides", Pickle.tensor("0", 1, 0, List.of(1, 1), List.of(1))),
                pickle(
                        "nine sides",
                        Pickle.tensor(
                                "0", 1, 0, List.of(1, 1, 1, 1, 1, 1, 1, 1, 1), List.of(1, 1, 1, 1, 1, 1, 1, 1, 1))));
    }

    private static Stream<Bad> archives() throws IOException {
        byte[] sound = SmallModel.files(ModelFormat.PTH).getFirst();
        byte[] bomb = new TorchArchive()
                .method(ZipEntry.DEFLATED)
                .storage("0", 50_000_000)
                .bytes();
        TorchArchive big = new TorchArchive().pickle(new Pickle().ops("}.").bytes());
        TorchArchive many = new TorchArchive().pickle(new Pickle().ops("}.").bytes());
        IntStream.range(0, 1000).forEach(i -> many.storage("n" + i, 0));
        IntStream.range(0, 3000).forEach(i -> big.storage("n" + i, 0));
        return Stream.of(
                new Bad("no bytes", new byte[0]),
                new Bad("only the first four bytes", "PK\u0003\u0004".getBytes(StandardCharsets.ISO_8859_1)),
                new Bad("empty archive", new TorchArchive().bytes()),
                new Bad(
                        "archive without a pickle",
                        new TorchArchive().storage("0", 4).bytes()),
                new Bad(
                        "two pickles",
                        new TorchArchive()
                                .entry("a/data.pkl", new byte[1])
                                .entry("b/data.pkl", new byte[1])
                                .bytes()),
                new Bad("bomb without a pickle", bomb),
                new Bad(
                        "pickle that is a bomb",
                        new TorchArchive()
                                .method(ZipEntry.DEFLATED)
                                .pickle(new byte[100_000_000])
                                .bytes()),
                new Bad(
                        "storage that is a bomb",
                        new TorchArchive()
                                .method(ZipEntry.DEFLATED)
                                .storage("0", 400_000_000)
                                .pickle(Pickle.tensor("0", 100_000_000, 0, List.of(100_000_000), List.of(1))
                                        .bytes())
                                .bytes()),
                new Bad("3000 entries", big.bytes()),
                new Bad("1000 entries", many.bytes()),
                new Bad(
                        "name with dots",
                        new TorchArchive()
                                .entry("../x", new byte[1])
                                .pickle(new Pickle().ops("}.").bytes())
                                .bytes()),
                new Bad(
                        "absolute name",
                        new TorchArchive()
                                .entry("/etc/x", new byte[1])
                                .pickle(new Pickle().ops("}.").bytes())
                                .bytes()),
                new Bad(
                        "name of 60,000 letters",
                        new TorchArchive()
                                .entry("x".repeat(60_000), new byte[1])
                                .bytes()),
                new Bad(
                        "big-endian numbers",
                        new TorchArchive()
                                .entry("archive/byteorder", "big".getBytes(StandardCharsets.UTF_8))
                                .pickle(new Pickle().ops("}.").bytes())
                                .bytes()),
                new Bad("encrypted", Marked.changed(sound, Marked.lastDirectoryEntry(sound) + 8, 1)),
                new Bad("unknown packing", Marked.changed(sound, Marked.lastDirectoryEntry(sound) + 10, 99)),
                new Bad("directory behind the file", Marked.changed(sound, sound.length - 4, 0x7F)),
                new Bad("directory that is elsewhere", Marked.changed(sound, sound.length - 6, 3)),
                new Bad("more entries than there are", Marked.changed(sound, sound.length - 12, 120)),
                new Bad("comment that goes beyond", Marked.changed(sound, sound.length - 2, 9)),
                new Bad("bytes behind the end", Arrays.copyOf(sound, sound.length + 5)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefused(Bad bad) {
        assertThat(Hostile.isRefused(bad.what, ModelFormat.PTH, List.of(bad.file)))
                .isTrue();
    }

    @Test
    void areMoreThanForty() throws IOException {
        assertThat(files()).hasSizeGreaterThan(40);
    }

    @Test
    void everyOpcodeOutsideTheListIsRefusedByName() throws IOException {
        int refused = 0;
        for (int opcode = 0; opcode < 256; opcode++) {
            if (ALLOWED.indexOf(opcode) < 0) {
                byte[] file = pickle("", new Pickle().ops("}").op(opcode).ops(".")).file;
                String name = "opcode 0x" + Integer.toHexString(opcode);
                assertThatThrownBy(() -> PthFile.read(file, "x"))
                        .isInstanceOf(ModelRefused.class)
                        .hasMessageContaining(name);
                refused++;
            }
        }
        assertThat(refused).isEqualTo(256 - ALLOWED.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "os.system",
                "subprocess.Popen",
                "builtins.exec",
                "numpy.core.multiarray._reconstruct",
                "torch.jit.load",
                "collections.defaultdict",
                "torch.nn.modules.conv.Conv2d",
                "operator.attrgetter"
            })
    void everyNameOutsideTheListIsRefusedByName(String name) throws IOException {
        int dot = name.lastIndexOf('.');
        byte[] file = pickle(
                        "",
                        new Pickle()
                                .global(name.substring(0, dot), name.substring(dot + 1))
                                .ops(")R."))
                .file;

        assertThatThrownBy(() -> PthFile.read(file, "x"))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining(name);
    }

    @Test
    void filesOfBeforeVersion16SayWhatToDo() {
        byte[] file = {(byte) 0x80, 2, (byte) 0x8A, 10, 0x6C, (byte) 0xFC};

        assertThatThrownBy(() -> ModelFile.read(new ByteArrayInputStream(file), "old.pth"))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("torch.save");
    }

    @Test
    void viewsAndSharedStoragesAreRead() throws IOException {
        PickledTensor transposed = new PickledTensor(
                new PickledTensor.Storage("0", Precision.FLOAT32, 7), 1, List.of(2L, 3L), List.of(1L, 2L));
        ByteBuffer numbers = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, 7).forEach(i -> numbers.putFloat(4 * i, i));

        assertThat(transposed
                        .read(Precision.FLOAT32, numbers, transposed.size("t", new Origin("x")))
                        .toArray())
                .containsExactly(1, 3, 5, 2, 4, 6);
    }
}
