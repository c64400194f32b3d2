package dev.repsr.train.config;

import dev.repsr.block.PathSequence;
import dev.repsr.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything that describes a training run; one YAML file gives it, see {@link #read}. Each component is a key of the
 * file, in snake case ({@code optimiser.final_rate}); {@code defaults.yaml} beside this class holds the defaults. A value
 * out of range is an {@link IllegalArgumentException} that names key, value and range.
 *
 * @param name name of the run and of the model that it makes: lower-case letters, digits and hyphens, at most 64
 * @param output folder that the run writes to
 * @param seed of initialisation, order of the pictures, crops and orientations
 * @param scale 1 to 8
 * @param network the network that is trained
 * @param data the training pictures and what is drawn from them
 * @param optimiser Adam and its schedule
 * @param bn batch normalisation
 * @param validation the pictures that the run is measured on
 * @param checkpoint how often the state is saved
 * @param start what the weights begin with
 * @param precision of the convolutions
 * @param threads threads of the tensor library, 1 to 256; another number gives other bits
 * @param model what the model file says of itself
 */
public record TrainConfig(
        String name,
        Path output,
        long seed,
        int scale,
        Network network,
        Data data,
        Optimiser optimiser,
        Bn bn,
        Validation validation,
        Checkpoint checkpoint,
        Start start,
        Precision precision,
        int threads,
        Model model) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final long MAX_BATCH_VALUES = 1L << 28;

    public TrainConfig {
        if (!NAME.matcher(name).matches()) {
            throw new ValueRefused("name", "'" + name + "'", "1 to 64 of a-z, 0-9 and hyphens, no hyphen first");
        }
        ValueRefused.unlessBetween("scale", scale, 1, 8);
        ValueRefused.unlessBetween("threads", threads, 1, 256);
        long side = (long) data.patch() * scale;
        if (data.batch() * 3L * side * side > MAX_BATCH_VALUES) {
            throw new ValueRefused(
                    "data.batch",
                    data.batch() + " with a patch of " + data.patch() + " at scale " + scale,
                    "what makes at most 2^28 values, here up to " + MAX_BATCH_VALUES / (3 * side * side));
        }
    }

    /** The block that the body is made of. */
    public enum BlockKind {
        /** RepSR's block: identity and paths of 3x3, batch normalisation and 1x1. */
        REPSR,
        /** One 3x3 convolution. */
        PLAIN,
        /** One 3x3 convolution that starts close to the identity. */
        IDENTITY,
        /** RepVGG's: 3x3, 1x1 and identity, each with batch normalisation. */
        REPVGG,
        /** ACNet's: 3x3, 3x1 and 1x3, each with batch normalisation. */
        ACB,
        /** The diverse branch block. */
        DBB,
        /** ECBSR's edge-oriented block, without batch normalisation. */
        ECB,
        /** SPAN's, without batch normalisation. */
        CONV3XC;

        /** Whether it is a plain convolution, which needs no base and has no branches. */
        public boolean isPlain() {
            return this == PLAIN || this == IDENTITY;
        }

        /** Whether there is batch normalisation in it. */
        public boolean hasNormalisation() {
            return !isPlain() && this != ECB && this != CONV3XC;
        }
    }

    /** What becomes of batch normalisation. */
    public enum Mode {
        /** There is none: the convolutions before it have biases instead. */
        NEVER,
        /** Statistics of the batch to the end. */
        BATCH,
        /** Statistics of the batch for a share of the run, then population statistics. */
        FROZEN
    }

    /** How blocks are computed where no batch statistics are used. */
    public enum Form {
        /** Branch by branch. */
        BRANCHES,
        /** As one convolution that is folded inside the graph: the same function, faster. */
        MERGED
    }

    /** In what convolutions compute. */
    public enum Precision {
        /** 32 bits. */
        FP32,
        /** Brain floating point of 16 bits. */
        BF16
    }

    /** How gradients change weights. */
    public enum Algorithm {
        /** Adam. */
        ADAM,
        /** Adam with decoupled weight decay. */
        ADAMW
    }

    /** How the learning rate falls after the warm-up. */
    public enum Decay {
        /** Half a cosine from the rate to the final rate. */
        COSINE,
        /** Not at all. */
        CONSTANT,
        /** By a factor at each milestone. */
        MULTISTEP
    }

    /** What is minimised. */
    public enum Loss {
        /** Mean absolute difference. */
        L1,
        /** Mean squared difference. */
        MSE,
        /** Minus the mean PSNR of the patches: easy patches count as much as hard ones, as they do in a benchmark's mean. */
        PSNR,
        /** Charbonnier's smooth absolute difference, mean of sqrt(difference^2 + 1e-6). */
        CHARBONNIER
    }

    /**
     * The network.
     *
     * @param body blocks between head and tail, 1 to 64 (the M of MxCy)
     * @param channels features, 1 to 512 (the C of MxCy)
     * @param block kind of the blocks
     * @param expand features of a path by features of the network, 1 to 8; of repsr, ecb and conv3xc
     * @param paths paths beside the identity, 1 to 8; of repsr
     * @param sequence convolutions of a path, first to last: 3-1, 1-3, 1-3-1 or 3; of repsr
     * @param residual whether the identity is added; of repsr and ecb
     * @param ends whether head and tail are such blocks too
     * @param base whether each block has a 3x3 convolution beside its branches, which a plain network's kernels can start
     */
    public record Network(
            int body,
            int channels,
            BlockKind block,
            int expand,
            int paths,
            String sequence,
            boolean residual,
            boolean ends,
            boolean base) {
        public Network {
            ValueRefused.unlessBetween("network.body", body, 1, 64);
            ValueRefused.unlessBetween("network.channels", channels, 1, 512);
            ValueRefused.unlessBetween("network.expand", expand, 1, 8);
            ValueRefused.unlessBetween("network.paths", paths, 1, 8);
            if (!PathSequence.texts().contains(sequence)) {
                throw new ValueRefused(
                        "network.sequence", "'" + sequence + "'", String.join(" or ", PathSequence.texts()));
            }
            if (base && block.isPlain()) {
                throw new ValueRefused("network.base", base, "false where network.block is plain or identity");
            }
        }
    }

    /**
     * The training data.
     *
     * @param train folders of high-resolution pictures, read recursively; at least one
     * @param patch side of the low-resolution patches in pixels, 4 to 1024
     * @param batch patches a step, 1 to 4096
     * @param augment whether each patch is drawn in one of the eight orientations of the square
     * @param permuteColours whether each patch is drawn with its colours in one of the six orders, which shows the network
     *     more colours than the pictures have
     */
    public record Data(List<Path> train, int patch, int batch, boolean augment, boolean permuteColours) {
        public Data {
            train = List.copyOf(train);
            if (train.isEmpty()) {
                throw new ValueRefused("data.train", "empty", "one folder of pictures or more");
            }
            ValueRefused.unlessBetween("data.patch", patch, 4, 1024);
            ValueRefused.unlessBetween("data.batch", batch, 1, 4096);
        }
    }

    /**
     * Batch normalisation.
     *
     * @param mode what becomes of it
     * @param form how blocks are computed where no batch statistics are used
     * @param batchShare share of the iterations that use the statistics of their batch, 0 to 1; of {@link Mode#FROZEN}
     * @param reestimateBatches batches that the statistics are re-estimated from before they are frozen, 0 to 100,000;
     *     0 = the running ones are kept
     * @param momentum weight of a batch in the running statistics, 1e-6 to 1
     * @param epsilon added to the variance, 1e-8 to 0.1
     */
    public record Bn(
            Mode mode, Form form, double batchShare, int reestimateBatches, double momentum, double epsilon) {
        public Bn {
            ValueRefused.unlessBetween("bn.batch_share", batchShare, 0.0, 1.0);
            ValueRefused.unlessBetween("bn.reestimate_batches", reestimateBatches, 0, 100_000);
            ValueRefused.unlessBetween("bn.momentum", momentum, 1e-6, 1.0);
            ValueRefused.unlessBetween("bn.epsilon", epsilon, 1e-8, 0.1);
        }
    }

    /**
     * Measuring during the run.
     *
     * @param sets folders of high-resolution pictures, one set each; may be empty
     * @param every iterations between two measurements, at least 1
     */
    public record Validation(List<Path> sets, long every) {
        public Validation {
            sets = List.copyOf(sets);
            ValueRefused.unlessBetween("validation.every", every, 1, 100_000_000);
        }
    }

    /**
     * Saving the state.
     *
     * @param every iterations between two checkpoints, at least 1
     * @param keep newest checkpoints that are kept, 1 to 1000
     */
    public record Checkpoint(long every, int keep) {
        public Checkpoint {
            ValueRefused.unlessBetween("checkpoint.every", every, 1, 100_000_000);
            ValueRefused.unlessBetween("checkpoint.keep", keep, 1, 1000);
        }
    }

    /**
     * What the weights begin with.
     *
     * @param from a model file, a training checkpoint or a built-in model, or "none"
     */
    public record Start(Path from) {

        /** What stands for no file. */
        static final String NONE = "none";

        /** The file or name, if there is one. */
        public Optional<Path> given() {
            return from.equals(Path.of(NONE)) ? Optional.empty() : Optional.of(from);
        }
    }

    /**
     * What the model file says of itself.
     *
     * @param licence SPDX identifier of the weights' licence
     * @param dataSet the training pictures in words
     */
    public record Model(String licence, String dataSet) {}

    /**
     * Reads a configuration. Relative folders in the file are relative to the file's folder, those in overrides to the
     * working directory; without {@code output} it is {@code runs/NAME} in the working directory.
     *
     * @param file YAML, UTF-8
     * @param overrides {@code a.b=value} each, the value in YAML; later ones win
     * @throws ConfigRefused with file, line and key for anything that is not a complete, valid configuration
     */
    public static TrainConfig read(Path file, List<String> overrides) throws ConfigRefused {
        return ConfigReader.read(file, overrides);
    }

    /** Iterations that use batch statistics: those below this number; 0 for a network without batch normalisation. */
    public long batchStatisticsIterations() {
        if (!network.block().hasNormalisation()) {
            return 0;
        }
        return switch (bn.mode()) {
            case NEVER -> 0;
            case BATCH -> optimiser.iterations();
            case FROZEN -> Math.round(bn.batchShare() * optimiser.iterations());
        };
    }

    /** What an iteration, 0 for the first, minimises. */
    public Loss lossAt(long iteration) {
        return isFinish(iteration) ? optimiser.finish() : optimiser.loss();
    }

    /** Factor of the difference of the spectra in an iteration, 0 for the first. */
    public double fftWeightAt(long iteration) {
        return isFinish(iteration) ? 0 : optimiser.fftWeight();
    }

    private boolean isFinish(long iteration) {
        long finish = Math.round(optimiser.finishShare() * optimiser.iterations());
        return iteration >= optimiser.iterations() - finish;
    }

    /** The learning rate of each iteration. */
    public Schedule schedule() {
        return new Schedule(
                optimiser.iterations(),
                optimiser.rate(),
                optimiser.finalRate(),
                optimiser.warmup(),
                optimiser.decay(),
                optimiser.milestones(),
                optimiser.factor());
    }

    /**
     * The values that decide what the run computes, one {@code key=value} a line in the order of the file. Names, folders,
     * and how often is measured and saved are left out: two runs with the same text, the same pictures and the same
     * program give the same weights. (Folders may move; the pictures have their own digest.)
     */
    public String canonicalText() {
        return ConfigSchema.canonicalText(this);
    }

    /** SHA-256 of {@link #canonicalText()} in UTF-8, 64 hexadecimal digits. */
    public String configHash() {
        return Sha256.hex(canonicalText().getBytes(StandardCharsets.UTF_8));
    }
}
