package dev.repsr.block;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a network in training form is made of: a block at the head, {@code body} blocks, a block at the tail, and a PReLU after
 * each but the tail.
 *
 * <p>Tensors: {@code head.} + the head's own, {@code head.slope}; {@code block.N.} + the block's own, {@code block.N.slope};
 * {@code tail.} + the tail's own. These names are unlike the compact ones on purpose: no program takes a training form for a
 * plain network.
 *
 * @param scale enlargement
 * @param body number of inner blocks (M)
 * @param block the kind of the inner blocks, C to C channels
 * @param blocksAtEnds whether head and tail are blocks of that kind too (as in ECBSR), else plain 3x3 convolutions
 */
public record Topology(int scale, int body, Block block, boolean blocksAtEnds) {
    private static final int RGB = 3;

    /** Checks the sizes. */
    public Topology {
        if (block.in() != block.out()) {
            throw new IllegalArgumentException("an inner block of " + block.in() + " to " + block.out() + " channels");
        }
    }

    /** With plain convolutions at head and tail. */
    public Topology(int scale, int body, Block block) {
        this(scale, body, block, false);
    }

    /**
     * A block and what the names of its tensors start with.
     *
     * @param slope name of the PReLU slopes after it, empty at the tail
     */
    public record Place(String prefix, Block block, String slope) {}

    /** All blocks, head first. */
    public List<Place> places() {
        List<Place> places = new ArrayList<>();
        places.add(new Place("head.", end(RGB, channels()), "head.slope"));
        for (int i = 0; i < body; i++) {
            String prefix = "block." + i + ".";
            places.add(new Place(prefix, block, prefix + "slope"));
        }
        places.add(new Place("tail.", end(channels(), RGB * scale * scale), ""));
        return places;
    }

    private Block end(int in, int out) {
        return blocksAtEnds ? block.between(in, out) : new PlainConv(in, out, false);
    }

    /** C, the number of channels between the blocks. */
    public int channels() {
        return block.out();
    }

    /** Shape of each tensor by name, in order. */
    public SequencedMap<String, int[]> tensors() {
        SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
        for (Place place : places()) {
            place.block().tensors().forEach((name, shape) -> shapes.put(place.prefix() + name, shape));
            if (!place.slope().isEmpty()) {
                shapes.put(place.slope(), new int[] {place.block().out()});
            }
        }
        return shapes;
    }

    /** Whether there is batch normalisation anywhere. */
    public boolean normalised() {
        return places().stream().anyMatch(place -> place.block().normalised());
    }
}
