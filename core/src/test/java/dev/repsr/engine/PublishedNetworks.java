package dev.repsr.engine;

import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Networks that others trained, converted just enough to compare results with theirs. */
public final class PublishedNetworks {
    private static final Pattern ECBSR_KEY = Pattern.compile("backbone\\.(\\d+)\\.(\\d)\\.(weight|bias)");
    private static final int FP16 = 0x01306B47;

    private PublishedNetworks() {}

    /** A compact network of a .pth file: ECBSR's keys, or those of a compact network under "params". */
    public static Network torch(Path file) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        TorchTensors.read(file).forEach((key, tensor) -> tensors.put(compactKey(key), tensor));
        return Network.compact(new Weights(tensors));
    }

    private static String compactKey(String key) {
        Matcher ecbsr = ECBSR_KEY.matcher(key);
        if (!ecbsr.matches()) {
            return key.substring(key.indexOf('/') + 1);
        }
        int index = 2 * Integer.parseInt(ecbsr.group(1)) + Integer.parseInt(ecbsr.group(2));
        return "body." + index + "." + ecbsr.group(3);
    }

    /** A compact network of an ncnn .param file and the .bin beside it. */
    public static Network ncnn(Path param) throws IOException {
        String name = param.getFileName().toString().replace(".param", ".bin");
        ByteBuffer bin =
                ByteBuffer.wrap(Files.readAllBytes(param.resolveSibling(name))).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int index = 0;
        int channels = 3;
        for (String line : Files.readAllLines(param)) {
            String layer = "body." + index;
            if (line.startsWith("Convolution ")) {
                int out = number(line, "0");
                int count = number(line, "6");
                int in = channels;
                tensors.put(layer + ".weight", Tensor.of(weights(bin, count), out, in, 3, 3));
                tensors.put(layer + ".bias", Tensor.of(floats(bin, out), out));
                channels = out;
                index++;
            } else if (line.startsWith("PReLU ")) {
                tensors.put(layer + ".weight", Tensor.of(floats(bin, channels), channels));
                index++;
            }
        }
        if (bin.hasRemaining()) {
            throw new IOException(bin.remaining() + " bytes are left in " + name);
        }
        return Network.compact(new Weights(tensors));
    }

    private static int number(String line, String key) {
        return Arrays.stream(line.split(" +"))
                .filter(word -> word.startsWith(key + "="))
                .mapToInt(word -> Integer.parseInt(word.substring(key.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static float[] weights(ByteBuffer bin, int count) throws IOException {
        int flag = bin.getInt();
        if (flag == 0) {
            return floats(bin, count);
        }
        if (flag != FP16) {
            throw new IOException("weights of kind " + flag);
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Float.float16ToFloat(bin.getShort());
        }
        bin.position(Math.ceilDiv(bin.position(), 4) * 4);
        return values;
    }

    private static float[] floats(ByteBuffer bin, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = bin.getFloat();
        }
        return values;
    }
}
