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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The safetensors format: a 64-bit little-endian header length, a JSON header, then the tensors without gap.
 *
 * <p>Tensors are float32, float16 or bfloat16. A file that this class writes carries two SHA-256 sums in its metadata:
 * {@code tensors_sha256} of the tensor bytes, and {@code file_sha256} of the whole file with the digits of that very sum
 * taken as zeros, so that a reader notices any changed bit. Files of others, without these, are read as they are.
 *
 * @param weights the tensors, in the order of the file
 * @param metadata the text block {@code __metadata__}, without the two sums
 * @param precision of the numbers in the file, the coarsest where they differ; float32 or float16 can be written
 */
public record Safetensors(Weights weights, Map<String, String> metadata, Precision precision) {

    private static final int MAX_HEADER = 1 << 20;
    private static final int LENGTH_BYTES = 8;

    /** A header has a dozen values for each tensor. */
    private static final int FREE_VALUES = 4096;

    private static final int BYTES_A_VALUE = 128;
    /** What decoding puts in the place of bytes that are not UTF-8. */
    private static final char REPLACED = '\uFFFD';

    private static final String METADATA = "__metadata__";
    private static final String FILE_SUM = "file_sha256";
    private static final String TENSOR_SUM = "tensors_sha256";
    private static final String ZEROS = "0".repeat(64);

    /** Keeps the order of {@code metadata}. */
    public Safetensors {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Float32 tensors. */
    public Safetensors(Weights weights, Map<String, String> metadata) {
        this(weights, metadata, Precision.FLOAT32);
    }

    /**
     * Reads a file.
     *
     * @throws ModelRefused if it is missing, not of this format, damaged, or holds other than the three kinds of number
     */
    public static Safetensors read(Path file) throws IOException {
        return read(FileBytes.of(file), file.toString());
    }

    /**
     * Reads a stream to its end.
     *
     * @param name what messages call it
     * @throws ModelRefused if it is not of this format, damaged, or holds other than the three kinds of number
     */
    public static Safetensors read(InputStream in, String name) throws IOException {
        return read(in.readAllBytes(), name);
    }

    static Safetensors read(byte[] file, String name) throws ModelRefused {
        Origin origin = new Origin(name);
        if (file.length < LENGTH_BYTES) {
            throw origin.notAModel("not a safetensors file (shorter than 8 bytes)");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long length = bytes.getLong(0);
        if (length < 2 || length > MAX_HEADER) {
            throw origin.notAModel(
                    "not a safetensors file (header of " + length + " bytes, 2 to " + MAX_HEADER + " are allowed)");
        }
        if (length > file.length - LENGTH_BYTES) {
            throw origin.damaged("not a sound safetensors file: its header has " + length + " bytes, only "
                    + (file.length - LENGTH_BYTES) + " are left (a truncated file?)");
        }
        try {
            return parse(file, LENGTH_BYTES + (int) length);
        } catch (IllegalArgumentException e) {
            throw new ModelRefused(
                    file[LENGTH_BYTES] == '{' ? Reason.DAMAGED : Reason.NOT_A_MODEL,
                    name + ": not a sound safetensors file: " + e.getMessage(),
                    e);
        }
    }

    /** @param dataStart where the header ends */
    private static Safetensors parse(byte[] file, int dataStart) {
        Map<String, Object> entries =
                Json.parseObject(decode(file, dataStart), FREE_VALUES + file.length / BYTES_A_VALUE);
        Map<String, String> metadata = metadata(entries.remove(METADATA));
        ByteBuffer data = ByteBuffer.wrap(file, dataStart, file.length - dataStart)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Precision precision = Precision.FLOAT32;
        int end = 0;
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            SafetensorsEntry tensor = SafetensorsEntry.parse(entry.getKey(), entry.getValue(), end, data.capacity());
            tensors.put(tensor.name(), tensor.tensor(data));
            precision = precision.coarser(tensor.precision());
            end = tensor.end();
        }
        if (end != data.capacity()) {
            throw new IllegalArgumentException((data.capacity() - end) + " bytes follow the last tensor");
        }
        checkSum(file, dataStart, metadata);
        return new Safetensors(new Weights(tensors), metadata, precision);
    }

    /** Takes the sums out of {@code metadata}; a file of this project must have one that agrees. */
    private static void checkSum(byte[] file, int dataStart, Map<String, String> metadata) {
        String fileSum = metadata.remove(FILE_SUM);
        String tensorSum = metadata.remove(TENSOR_SUM);
        if (fileSum != null || tensorSum != null || metadata.containsKey(ModelFile.MARK)) {
            String found = fileSum == null ? "" : fileSum(file, dataStart, fileSum);
            if (!found.equals(fileSum)) {
                throw new IllegalArgumentException(
                        "its checksum does not agree, so it was changed or damaged after it was written");
            }
        }
    }

    private static String decode(byte[] file, int dataStart) {
        String header = new String(file, LENGTH_BYTES, dataStart - LENGTH_BYTES, StandardCharsets.UTF_8);
        if (header.indexOf(REPLACED) >= 0) {
            throw new IllegalArgumentException("its header is not UTF-8");
        }
        return header;
    }

    private static Map<String, String> metadata(@Nullable Object block) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (block != null) {
            SafetensorsEntry.object(METADATA, block).forEach((key, value) -> {
                if (!(value instanceof String text)) {
                    throw new IllegalArgumentException(METADATA + " " + key + " is not a string");
                }
                metadata.put(key, text);
            });
        }
        return metadata;
    }

    /** Writes the file; the bytes depend on the tensors, the metadata and the precision alone. */
    public void write(OutputStream out) throws IOException {
        byte[] data = data();
        byte[] header = header(data).getBytes(StandardCharsets.UTF_8);
        // Spaces behind the header let the tensors begin at a multiple of eight bytes.
        int length = (header.length + 7) / 8 * 8;
        byte[] file = Arrays.copyOf(
                ByteBuffer.allocate(LENGTH_BYTES + header.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .put(header)
                        .array(),
                LENGTH_BYTES + length + data.length);
        Arrays.fill(file, LENGTH_BYTES + header.length, LENGTH_BYTES + length, (byte) ' ');
        System.arraycopy(data, 0, file, LENGTH_BYTES + length, data.length);
        byte[] sum = fileSum(file, LENGTH_BYTES + length, ZEROS).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sum, 0, file, sumPosition(file, LENGTH_BYTES + length, ZEROS), sum.length);
        out.write(file);
    }

    private String header(byte[] data) {
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
            long end = offset + (long) precision.bytes() * entry.getValue().size();
            header.append(',').append(Json.quote(entry.getKey())).append(":{\"dtype\":");
            header.append(Json.quote(SafetensorsEntry.word(precision))).append(",\"shape\":");
            header.append(entry.getValue().shape().toString().replace(" ", ""));
            header.append(",\"data_offsets\":[")
                    .append(offset)
                    .append(',')
                    .append(end)
                    .append("]}");
            offset = end;
        }
        return header.append('}').toString();
    }

    private byte[] data() {
        ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(Math.multiplyExact(precision.bytes(), weights.size())))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (Tensor tensor : weights.tensors().values()) {
            for (int i = 0; i < tensor.size(); i++) {
                precision.put(data, tensor.get(i));
            }
        }
        return data.array();
    }

    /** SHA-256 of the whole file with the digits {@code sum} in the header replaced by zeros. */
    private static String fileSum(byte[] file, int dataStart, String sum) {
        byte[] blank = Arrays.copyOf(file, dataStart);
        int position = sumPosition(file, dataStart, sum);
        Arrays.fill(blank, position, position + ZEROS.length(), (byte) '0');
        MessageDigest digest = Sha256.digest();
        digest.update(blank);
        digest.update(file, dataStart, file.length - dataStart);
        return Sha256.hex(digest);
    }

    private static int sumPosition(byte[] file, int dataStart, String sum) {
        String text = new String(file, LENGTH_BYTES, dataStart - LENGTH_BYTES, StandardCharsets.ISO_8859_1);
        String field = Json.quote(FILE_SUM) + ":\"" + sum;
        int position = text.lastIndexOf(field);
        if (sum.length() != ZEROS.length() || position < 0) {
            throw new IllegalArgumentException("its checksum field is damaged");
        }
        return LENGTH_BYTES + position + field.length() - sum.length();
    }
}
