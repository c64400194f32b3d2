package dev.repsr.block;

import java.util.ArrayList;
import java.util.List;

/** Every kind of block in every form that a configuration can ask for. */
public final class BlockZoo {
    private BlockZoo() {}

    /** All of them, with so many channels. */
    public static List<Block> all(int channels) {
        List<Block> zoo = new ArrayList<>();
        zoo.add(new PlainConv(channels));
        zoo.add(new PlainConv(channels, channels, true));
        for (boolean normalised : new boolean[] {true, false}) {
            zoo.add(new RepVggBlock(channels, channels, normalised));
            zoo.add(new AsymmetricBlock(channels, channels, normalised));
            zoo.add(new DiverseBlock(channels, channels, normalised));
            for (PathSequence sequence : PathSequence.values()) {
                zoo.add(new RepSrBlock(channels, channels, 2, 2, sequence, true, normalised));
                zoo.add(new RepSrBlock(channels, channels, 1, 3, sequence, false, normalised));
                zoo.add(new RepSrBlock(channels, channels, 4, 1, sequence, true, normalised));
            }
        }
        zoo.add(new EdgeBlock(channels, channels, 2, false));
        zoo.add(new EdgeBlock(channels, channels, 1, true));
        zoo.add(new Conv3Xc(channels, channels, 2));
        List<Block> based = new ArrayList<>();
        for (Block block : zoo) {
            if (!(block instanceof PlainConv)) {
                based.add(new BasedBlock(block));
            }
        }
        zoo.addAll(based);
        return zoo;
    }
}
