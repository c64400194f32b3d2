package dev.repsr.train;

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
import dev.repsr.train.config.Optimiser;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.engine.Colours;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.Form;
import dev.repsr.train.engine.Goal;
import dev.repsr.train.engine.Objective;
import dev.repsr.train.engine.Precision;
import dev.repsr.train.engine.Ranks;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.engine.Update;

/** What a configuration means for the trainer. */
final class RunSettings {
    private RunSettings() {}

    static TrainerSettings of(TrainConfig config, Ranks ranks) {
        Optimiser optimiser = config.optimiser();
        return new TrainerSettings(
                topology(config),
                config.bn().epsilon(),
                config.bn().momentum(),
                switch (config.bn().form()) {
                    case BRANCHES -> Form.BRANCHES;
                    case MERGED -> Form.MERGED;
                },
                switch (config.precision()) {
                    case FP32 -> Precision.FLOAT32;
                    case BF16 -> Precision.BFLOAT16;
                },
                config.data().patch(),
                ranks.shareOf(config.data().batch()),
                new Update(
                        switch (optimiser.algorithm()) {
                            case ADAM, ADAMW -> Update.Algorithm.ADAM;
                            case MUON -> Update.Algorithm.MUON;
                        },
                        optimiser.beta1(),
                        optimiser.beta2(),
                        optimiser.weightDecay(),
                        optimiser.clip()),
                optimiser.ema(),
                config.threads(),
                switch (config.device()) {
                    case CPU -> Device.CPU;
                    case CUDA -> Device.CUDA;
                },
                config.bn().fold());
    }

    static Topology topology(TrainConfig config) {
        TrainConfig.Network network = config.network();
        Block block = block(network, config.bn().mode() != TrainConfig.Mode.NEVER);
        return new Topology(
                config.scale(), network.body(), network.base() ? new BasedBlock(block) : block, network.ends());
    }

    private static Block block(TrainConfig.Network network, boolean normalised) {
        int channels = network.channels();
        return switch (network.block()) {
            case PLAIN -> new PlainConv(channels);
            case IDENTITY -> new PlainConv(channels, channels, true);
            case REPVGG -> new RepVggBlock(channels, channels, normalised);
            case ACB -> new AsymmetricBlock(channels, channels, normalised);
            case DBB -> new DiverseBlock(channels, channels, normalised);
            case ECB -> new EdgeBlock(channels, channels, network.expand(), network.residual());
            case CONV3XC -> new Conv3Xc(channels, channels, network.expand());
            case REPSR ->
                new RepSrBlock(
                        channels,
                        channels,
                        network.expand(),
                        network.paths(),
                        PathSequence.of(network.sequence()),
                        network.residual(),
                        normalised);
        };
    }

    /** What an iteration, 0 for the first, minimises. */
    static Goal goal(TrainConfig config, long iteration) {
        Objective objective = switch (config.lossAt(iteration)) {
            case L1 -> Objective.ABSOLUTE;
            case MSE -> Objective.SQUARED;
            case PSNR -> Objective.LOGARITHMIC;
            case CHARBONNIER -> Objective.CHARBONNIER;
        };
        Colours colours = switch (config.coloursAt(iteration)) {
            case RGB -> Colours.RGB;
            case DIFFERENCES -> Colours.DIFFERENCES;
        };
        return new Goal(objective, config.optimiser().lumaWeight(), config.fftWeightAt(iteration), colours);
    }
}
