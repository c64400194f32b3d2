package dev.repsr.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds PyTorch files by hand. */
final class TorchArchive {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private int method = ZipEntry.STORED;

    /** Opcodes of a pickle, one after the other. */
    static final class Pickle {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Pickle op(int... values) {
            for (int value : values) {
                bytes.write(value);
            }
            return this;
        }

        Pickle ops(String letters) {
            bytes.writeBytes(letters.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }

        Pickle number(int value) {
            return op('J', value, value >> 8, value >> 16, value >> 24);
        }

        Pickle text(String text) {
            return op('X', text.length(), text.length() >> 8, 0, 0).ops(text);
        }

        Pickle global(String module, String name) {
            return ops("c" + module + "\n" + name + "\n");
        }

        Pickle numbers(List<Integer> values) {
            ops("(");
            values.forEach(this::number);
            return ops("t");
        }

        /** A whole pickle of one tensor called "body.0.weight". */
        static Pickle tensor(String key, int count, int offset, List<Integer> shape, List<Integer> strides) {
            Pickle pickle = new Pickle().ops("}").text("body.0.weight");
            pickle.global("torch._utils", "_rebuild_tensor_v2").ops("((").text("storage");
            pickle.global("torch", "FloatStorage")
                    .text(key)
                    .text("cpu")
                    .number(count)
                    .ops("tQ")
                    .number(offset);
            return pickle.numbers(shape).numbers(strides).ops("\u0089}tRs.");
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    /** How the entries are packed. */
    TorchArchive method(int method) {
        this.method = method;
        return this;
    }

    TorchArchive entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    TorchArchive pickle(byte[] pickle) {
        return entry("archive/data.pkl", pickle);
    }

    /** A storage of zeros. */
    TorchArchive storage(String key, int bytes) {
        return entry("archive/data/" + key, new byte[bytes]);
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                CRC32 crc = new CRC32();
                crc.update(content.getValue());
                entry.setMethod(method);
                entry.setSize(content.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content.getValue());
                zip.closeEntry();
            }
        }
        return file.toByteArray();
    }
}
