package dev.repsr.format;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Layer.PixelShuffle;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a network as ncnn's pair of files. */
final class NcnnWriter {
    private static final String INPUT = "data";
    private static final String OUTPUT = "output";
    private static final String FOR_STACK = "picture";
    private static final String FOR_SKIP = "picture_of_skip";

    private final Network network;
    private final StringBuilder layers = new StringBuilder();
    private int layerCount;
    private int blobCount;
    private String last = FOR_STACK;

    NcnnWriter(Network network) {
        this.network = network;
    }

    /** The file that ends with .param; the same for every precision. */
    byte[] text() {
        line("Input", "input", "0 1", INPUT, 1, "");
        line("Split", "split", "1 2", INPUT + " " + FOR_SKIP + " " + FOR_STACK, 2, "");
        for (int i = 0; i < network.layers().size(); i++) {
            add(network.layers().get(i), i == network.layers().size() - 1 ? OUTPUT : "map" + i);
        }
        return (NcnnFile.MAGIC + "\n" + layerCount + " " + blobCount + "\n" + layers)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void add(Layer layer, String output) {
        switch (layer) {
            case Conv3x3 conv ->
                step("Convolution", output, " 0=" + conv.out() + " 1=3 4=1 5=1 6=" + 9 * conv.in() * conv.out());
            case PRelu relu -> step("PReLU", output, " 0=" + relu.channels());
            case PixelShuffle shuffle -> step("PixelShuffle", output, " 0=" + shuffle.scale());
            case AddNearest skip -> {
                String scale = skip.scale() + ".000000e+00";
                line("Interp", "nearest", "1 1", FOR_SKIP + " nearest", 1, " 0=1 1=" + scale + " 2=" + scale);
                line("BinaryOp", output, "2 1", last + " nearest " + output, 1, "");
            }
        }
    }

    private void step(String type, String output, String parameters) {
        line(type, output, "1 1", last + " " + output, 1, parameters);
        last = output;
    }

    private void line(String type, String name, String counts, String blobs, int outputs, String parameters) {
        layers.append(type).append(' ').append(name).append(' ').append(counts).append(' ');
        layers.append(blobs).append(parameters).append('\n');
        layerCount++;
        blobCount += outputs;
    }

    /** The file that ends with .bin. */
    byte[] numbers(Precision precision) {
        ByteBuffer numbers = ByteBuffer.allocate(Math.toIntExact(
                        4L * network.weights().size() + 4L * network.layers().size()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (Layer layer : network.layers()) {
            if (layer instanceof Conv3x3 conv) {
                numbers.putInt(precision == Precision.FLOAT16 ? NcnnFile.FP16_TAG : 0);
                put(numbers, precision, network.weights().get(conv.name() + ".weight"));
                while (numbers.position() % 4 != 0) {
                    numbers.put((byte) 0);
                }
                put(numbers, Precision.FLOAT32, network.weights().get(conv.name() + ".bias"));
            } else if (layer instanceof PRelu relu) {
                put(numbers, Precision.FLOAT32, network.weights().get(relu.name() + ".weight"));
            }
        }
        return Arrays.copyOf(numbers.array(), numbers.position());
    }

    private static void put(ByteBuffer numbers, Precision precision, Tensor tensor) {
        for (int i = 0; i < tensor.size(); i++) {
            precision.put(numbers, tensor.get(i));
        }
    }
}
