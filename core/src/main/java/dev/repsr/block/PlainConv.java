package dev.repsr.block;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** One 3x3 convolution with bias: the block that is its own merge, for comparison. */
public record PlainConv(int channels) implements Block {

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public SequencedMap<String, int[]> tensors() {
        SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("weight", new int[] {channels, channels, 3, 3});
        shapes.put("bias", new int[] {channels});
        return shapes;
    }
}
