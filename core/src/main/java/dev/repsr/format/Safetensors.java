package dev.repsr.format;

import dev.repsr.format.ModelRefused.Reason;
import dev.repsr.io.Sha256;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The safetensors format: a 64-bit little-endian header length, a JSON header, then the tensors without gap.
 *
 * <p>float32 tensors only. A file that this class writes carries two SHA-256 sums in its metadata: {@code tensors_sha256}
 * of the tensor bytes, and {@code file_sha256} of the whole file with the digits of that very sum taken as zeros, so that a
 * reader notices any changed bit. Files of others, without these, are read as they are.
 *
 * @param weights the tensors, in the order of the file
 * @param metadata the text block {@code __metadata__}, without the two sums
 */
public record Safetensors(Weights weights, Map<String, String> metadata) {

    private static final int MAX_HEADER = 1 << 20;
    private static final String METADATA = "__metadata__";
    private static final String FILE_SUM = "file_sha256";
    private static final String TENSOR_SUM = "tensors_sha256";
    private static final String ZEROS = "0".repeat(64);

    /** Keeps the order of {@code metadata}. */
    public Safetensors {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Reads a file.
     *
     * @throws ModelRefused if it is missing, not of this format, damaged, or holds other than float32 tensors
     */
    public static Safetensors read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ModelRefused(Reason.MISSING, file + ": there is no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param name what messages call it
     * @throws ModelRefused if it is not of this format, damaged, or holds other than float32 tensors
     */
    public static Safetensors read(InputStream in, String name) throws IOException {
        byte[] length = in.readNBytes(8);
        if (length.length < 8) {
            throw new ModelRefused(Reason.NOT_A_MODEL, name + ": not a safetensors file (shorter than 8 bytes)");
        }
        long headerLength =
                ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (headerLength < 2 || headerLength > MAX_HEADER) {
            throw new ModelRefused(
                    Reason.NOT_A_MODEL,
                    name + ": not a safetensors file (header of " + headerLength + " bytes, 2 to " + MAX_HEADER
                            + " are allowed)");
        }
        byte[] header = in.readNBytes((int) headerLength);
        byte[] data = in.readAllBytes();
        try {
            return parse(length, header, data);
        } catch (IllegalArgumentException e) {
            throw new ModelRefused(
                    header.length > 0 && header[0] == '{' ? Reason.DAMAGED : Reason.NOT_A_MODEL,
                    name + ": not a sound safetensors file: " + e.getMessage(),
                    e);
        }
    }

    private static Safetensors parse(byte[] length, byte[] header, byte[] data) {
        Map<String, Object> entries = Json.parseObject(decode(header));
        Map<String, String> metadata = metadata(entries.remove(METADATA));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), buffer));
        }
        if (buffer.position() != data.length) {
            throw new IllegalArgumentException((data.length - buffer.position()) + " bytes follow the last tensor");
        }
        String fileSum = metadata.remove(FILE_SUM);
        String tensorSum = metadata.remove(TENSOR_SUM);
        if (fileSum != null || tensorSum != null || metadata.containsKey(ModelFile.MARK)) {
            String found = fileSum == null ? "" : fileSum(length, header, data, fileSum);
            if (!found.equals(fileSum)) {
                throw new IllegalArgumentException(
                        "its checksum does not agree, so it was changed or damaged after it was written");
            }
        }
        return new Safetensors(new Weights(tensors), metadata);
    }

    private static String decode(byte[] header) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("its header is not UTF-8", e);
        }
    }

    private static Map<String, String> metadata(@Nullable Object block) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (block != null) {
            asObject(METADATA, block).forEach((key, value) -> {
                if (!(value instanceof String text)) {
                    throw new IllegalArgumentException(METADATA + " " + key + " is not a string");
                }
                metadata.put(key, text);
            });
        }
        return metadata;
    }

    private static Tensor tensor(String name, Object entry, ByteBuffer buffer) {
        Map<String, Object> fields = asObject(name, entry);
        if (!"F32".equals(fields.get("dtype"))) {
            throw new IllegalArgumentException("tensor " + name + " is " + fields.get("dtype") + ", expected F32");
        }
        List<Long> shape = numbers(name, fields.get("shape"));
        List<Long> offsets = numbers(name, fields.get("data_offsets"));
        long size = 1;
        for (long side : shape) {
            if (side < 0 || side > Integer.MAX_VALUE || size * side > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("tensor " + name + " has shape " + shape);
            }
            size *= side;
        }
        int begin = buffer.position();
        if (offsets.size() != 2 || offsets.get(0) != begin || offsets.get(1) != begin + 4 * size) {
            throw new IllegalArgumentException("tensor " + name + " lies at bytes " + offsets + ", expected [" + begin
                    + ", " + (begin + 4 * size) + "]");
        }
        if (4 * size > buffer.remaining()) {
            throw new IllegalArgumentException("tensor " + name + " needs " + 4 * size + " bytes, only "
                    + buffer.remaining() + " are left (a truncated file?)");
        }
        float[] values = new float[(int) size];
        buffer.asFloatBuffer().get(values);
        buffer.position(begin + (int) (4 * size));
        return Tensor.of(values, shape.stream().mapToInt(Long::intValue).toArray());
    }

    private static Map<String, Object> asObject(String name, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("entry " + name + " is not an object");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, member) -> members.put((String) key, member));
        return members;
    }

    private static List<Long> numbers(String name, @Nullable Object value) {
        if (!(value instanceof List<?> list) || !list.stream().allMatch(Long.class::isInstance)) {
            throw new IllegalArgumentException("tensor " + name + ": a list of numbers is expected, found " + value);
        }
        return list.stream().map(Long.class::cast).toList();
    }

    /** Writes the file; the bytes depend on the tensors and the metadata alone. */
    public void write(OutputStream out) throws IOException {
        byte[] data = data();
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put(TENSOR_SUM, Sha256.hex(data));
        all.put(FILE_SUM, ZEROS);
        StringBuilder header =
                new StringBuilder("{").append(Json.quote(METADATA)).append(":{");
        String separator = "";
        for (Map.Entry<String, String> entry : all.entrySet()) {
            header.append(separator)
                    .append(Json.quote(entry.getKey()))
                    .append(':')
                    .append(Json.quote(entry.getValue()));
            separator = ",";
        }
        header.append('}');
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : weights.tensors().entrySet()) {
            long end = offset + 4L * entry.getValue().size();
            header.append(',').append(Json.quote(entry.getKey())).append(":{\"dtype\":\"F32\",\"shape\":");
            header.append(entry.getValue().shape().toString().replace(" ", ""));
            header.append(",\"data_offsets\":[")
                    .append(offset)
                    .append(',')
                    .append(end)
                    .append("]}");
            offset = end;
        }
        header.append('}');
        byte[] headerBytes = padded(header.toString().getBytes(StandardCharsets.UTF_8));
        byte[] length = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerBytes.length)
                .array();
        byte[] sum = fileSum(length, headerBytes, data, ZEROS).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sum, 0, headerBytes, sumPosition(headerBytes, ZEROS), sum.length);
        out.write(length);
        out.write(headerBytes);
        out.write(data);
    }

    private byte[] data() {
        ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(Math.multiplyExact(4L, weights.size())))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (Tensor tensor : weights.tensors().values()) {
            for (int i = 0; i < tensor.size(); i++) {
                data.putFloat(tensor.get(i));
            }
        }
        return data.array();
    }

    /** Spaces behind the header let the tensors begin at a multiple of eight bytes. */
    private static byte[] padded(byte[] header) {
        byte[] padded = Arrays.copyOf(header, (header.length + 7) / 8 * 8);
        Arrays.fill(padded, header.length, padded.length, (byte) ' ');
        return padded;
    }

    /** SHA-256 of the whole file with the digits {@code sum} in the header replaced by zeros. */
    private static String fileSum(byte[] length, byte[] header, byte[] data, String sum) {
        byte[] blank = header.clone();
        int position = sumPosition(header, sum);
        Arrays.fill(blank, position, position + ZEROS.length(), (byte) '0');
        return Sha256.hex(length, blank, data);
    }

    private static int sumPosition(byte[] header, String sum) {
        String text = new String(header, StandardCharsets.ISO_8859_1);
        String field = Json.quote(FILE_SUM) + ":\"" + sum;
        int position = text.lastIndexOf(field);
        if (sum.length() != ZEROS.length() || position < 0) {
            throw new IllegalArgumentException("its checksum field is damaged");
        }
        return position + field.length() - sum.length();
    }
}
