package dev.repsr.merge;

import dev.repsr.block.AsymmetricBlock;
import dev.repsr.block.BasedBlock;
import dev.repsr.block.Block;
import dev.repsr.block.Conv3Xc;
import dev.repsr.block.DiverseBlock;
import dev.repsr.block.EdgeBlock;
import dev.repsr.block.PathSequence;
import dev.repsr.block.PlainConv;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.RepVggBlock;
import dev.repsr.block.Topology;
import dev.repsr.format.ModelFile;
import java.util.Map;

/** A network's topology in the metadata of a checkpoint. Keys that are missing have the meaning of the RepSR paper. */
record BlockMetadata(Map<String, String> metadata) {
    private static final String BODY = "body";
    private static final String BLOCK = "block";
    private static final String CHANNELS = "channels";
    private static final String EXPAND = "expand";
    private static final String PATHS = "paths";
    private static final String SEQUENCE = "sequence";
    private static final String RESIDUAL = "residual";
    private static final String NORMALISED = "normalised";
    private static final String BASE = "base";
    private static final String BLOCKS_AT_ENDS = "blocks_at_ends";

    void put(Topology topology) {
        metadata.put(ModelFile.SCALE, Integer.toString(topology.scale()));
        metadata.put(BODY, Integer.toString(topology.body()));
        metadata.put(BLOCKS_AT_ENDS, Boolean.toString(topology.blocksAtEnds()));
        metadata.put(CHANNELS, Integer.toString(topology.channels()));
        put(topology.block());
    }

    private void put(Block block) {
        metadata.put(BLOCK, block.name());
        metadata.put(NORMALISED, Boolean.toString(block.normalised()));
        switch (block) {
            case PlainConv plain -> {}
            case RepVggBlock repvgg -> {}
            case AsymmetricBlock asymmetric -> {}
            case DiverseBlock diverse -> {}
            case EdgeBlock edge -> {
                metadata.put(EXPAND, Integer.toString(edge.expand()));
                metadata.put(RESIDUAL, Boolean.toString(edge.residual()));
            }
            case Conv3Xc conv -> metadata.put(EXPAND, Integer.toString(conv.expand()));
            case RepSrBlock repsr -> {
                metadata.put(EXPAND, Integer.toString(repsr.expand()));
                metadata.put(PATHS, Integer.toString(repsr.paths()));
                metadata.put(SEQUENCE, repsr.sequence().text());
                metadata.put(RESIDUAL, Boolean.toString(repsr.residual()));
            }
            case BasedBlock based -> {
                put(based.top());
                metadata.put(BASE, "true");
            }
        }
    }

    /** @throws IllegalArgumentException if something is missing or not understood */
    Topology read() {
        Block top = block();
        Block block = flag(BASE, false) ? new BasedBlock(top) : top;
        return new Topology(number(ModelFile.SCALE), number(BODY), block, flag(BLOCKS_AT_ENDS, false));
    }

    private Block block() {
        int channels = number(CHANNELS);
        boolean normalised = flag(NORMALISED, true);
        String name = text(BLOCK);
        return switch (name) {
            case "plain" -> new PlainConv(channels);
            case "identity" -> new PlainConv(channels, channels, true);
            case "repvgg" -> new RepVggBlock(channels, channels, normalised);
            case "acb" -> new AsymmetricBlock(channels, channels, normalised);
            case "dbb" -> new DiverseBlock(channels, channels, normalised);
            case "ecb" -> new EdgeBlock(channels, channels, number(EXPAND), flag(RESIDUAL, true));
            case "conv3xc" -> new Conv3Xc(channels, channels, number(EXPAND));
            case "repsr" ->
                new RepSrBlock(
                        channels,
                        channels,
                        number(EXPAND),
                        number(PATHS),
                        PathSequence.of(metadata.getOrDefault(SEQUENCE, PathSequence.SPATIAL_POINTWISE.text())),
                        flag(RESIDUAL, true),
                        normalised);
            default -> throw new IllegalArgumentException("unknown block " + name);
        };
    }

    private boolean flag(String key, boolean otherwise) {
        return Boolean.parseBoolean(metadata.getOrDefault(key, Boolean.toString(otherwise)));
    }

    private int number(String key) {
        return Integer.parseInt(text(key));
    }

    String text(String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw new IllegalArgumentException("its metadata lacks " + key);
        }
        return value;
    }
}
