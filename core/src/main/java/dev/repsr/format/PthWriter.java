package dev.repsr.format;

import dev.repsr.network.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a model as PyTorch does: every entry stored, numbers at multiples of 64 bytes so that they can be mapped. */
final class PthWriter {
    private static final String ROOT = "archive/";
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;
    private static final int PADDING_ID = 0x4246;

    /** Any fixed moment: the same model gives the same bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final Precision precision;
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    private PthWriter(Precision precision) {
        this.precision = precision;
    }

    static byte[] bytes(Model model, Precision precision) throws IOException {
        PthWriter writer = new PthWriter(precision);
        Map<String, Tensor> tensors = model.network().weights().tensors();
        try (ZipOutputStream zip = new ZipOutputStream(writer.file)) {
            writer.entry(zip, "data.pkl", writer.pickle(tensors, ModelFile.described(model)));
            writer.entry(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            int key = 0;
            for (Tensor tensor : tensors.values()) {
                writer.entry(zip, "data/" + key++, writer.numbers(tensor));
            }
            writer.entry(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
        return writer.file.toByteArray();
    }

    private void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(ROOT + name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIME);
        zip.flush();
        int unpadded = file.size() + LOCAL_HEADER + ROOT.length() + name.length() + EXTRA_HEADER;
        int padding = Math.ceilDiv(unpadded, ALIGNMENT) * ALIGNMENT - unpadded;
        entry.setExtra(ByteBuffer.allocate(EXTRA_HEADER + padding)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) PADDING_ID)
                .putShort((short) padding)
                .array());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private byte[] numbers(Tensor tensor) {
        ByteBuffer numbers =
                ByteBuffer.allocate(tensor.size() * precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < tensor.size(); i++) {
            precision.put(numbers, tensor.get(i));
        }
        return numbers.array();
    }

    private byte[] pickle(Map<String, Tensor> tensors, Map<String, String> metadata) {
        op(0x80, 2).ops("}(").text(PthFile.PARAMS);
        global("collections", "OrderedDict").ops(")R(");
        int key = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            text(entry.getKey());
            tensor(entry.getValue(), key++);
        }
        ops("u").text(PthFile.METADATA).ops("}(");
        metadata.forEach((name, value) -> text(name).text(value));
        ops("uu.");
        return pickle.toByteArray();
    }

    private void tensor(Tensor tensor, int key) {
        global("torch._utils", "_rebuild_tensor_v2").ops("((").text("storage");
        global("torch", precision == Precision.FLOAT16 ? "HalfStorage" : "FloatStorage");
        text(Integer.toString(key)).text("cpu").number(tensor.size()).ops("tQ").number(0);
        ops("(");
        tensor.shape().forEach(this::number);
        ops("t(");
        int stride = tensor.size();
        for (int side : tensor.shape()) {
            stride /= Math.max(side, 1);
            number(stride);
        }
        ops("t").op(0x89);
        global("collections", "OrderedDict").ops(")RtR");
    }

    private PthWriter op(int... bytes) {
        for (int value : bytes) {
            pickle.write(value);
        }
        return this;
    }

    private PthWriter ops(String opcodes) {
        pickle.writeBytes(opcodes.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private PthWriter number(int value) {
        return op('J', value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF, value >> 24);
    }

    private PthWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        op('X', length & 0xFF, length >> 8 & 0xFF, length >> 16 & 0xFF, length >> 24);
        pickle.writeBytes(bytes);
        return this;
    }

    private PthWriter global(String module, String name) {
        return ops("c" + module + "\n" + name + "\n");
    }
}
