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
 * @param photo how pictures are spoilt where {@code data.degradation} is {@code photo}
 * @param optimiser Adam and its schedule
 * @param bn batch normalisation
 * @param validation the pictures that the run is measured on
 * @param checkpoint how often the state is saved
 * @param start what the weights begin with
 * @param precision of the convolutions
 * @param device that computes the steps
 * @param engine that computes them there
 * @param threads of the engine, 1 to 256; {@link Engine#TORCH} gives other bits with another number
 * @param model what the model file says of itself
 */
public record TrainConfig(
        String name,
        Path output,
        long seed,
        int scale,
        Network network,
        Data data,
        Photo photo,
        Optimiser optimiser,
        Bn bn,
        Validation validation,
        Checkpoint checkpoint,
        Start start,
        Precision precision,
        Device device,
        Engine engine,
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

    /** What computes the steps. */
    public enum Device {
        /** The processor. */
        CPU,
        /** A graphics processor. */
        CUDA
    }

    /** The program that computes the steps; checkpoints go from one to the other. */
    public enum Engine {
        /** {@link #JAVA} for what it trains, else {@link #TORCH}. */
        AUTO,
        /** Plain Java. */
        JAVA,
        /** libtorch, where it is installed. */
        TORCH
    }

    /** How gradients change weights. */
    public enum Algorithm {
        /** Adam. */
        ADAM,
        /** Adam with decoupled weight decay. */
        ADAMW,
        /** Orthogonalised momentum for kernels, with decoupled weight decay; Adam for all else. */
        MUON
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

    /** How low-resolution pictures are made of high-resolution ones. */
    public enum Degradation {
        /** MATLAB's bicubic, as the papers do. */
        BICUBIC,
        /** Blur, resizing, noise and JPEG, drawn anew for each patch: what happens to photographs. See {@link Photo}. */
        PHOTO
    }

    /**
     * The training data.
     *
     * @param train folders of high-resolution pictures, read recursively, or zip or tar archives of such; at least one
     * @param patch side of the low-resolution patches in pixels, 4 to 1024
     * @param batch patches a step, 1 to 4096
     * @param augment whether each patch is drawn in one of the eight orientations of the square
     * @param permuteColours whether each patch is drawn with its colours in one of the six orders, which shows the network
     *     more colours than the pictures have
     * @param degradation how low-resolution pictures are made where {@code lr} is empty
     * @param lr folders or archives of low-resolution pictures, one for each of {@code train} and with the same names, or
     *     with {@code x4}, say, behind the stem; empty: they are made
     * @param memoryMib pictures that take more than this many MiB, 0 to 1,000,000, are put into a file and read from there;
     *     0 = half of Java's heap
     */
    public record Data(
            List<Path> train,
            int patch,
            int batch,
            boolean augment,
            boolean permuteColours,
            Degradation degradation,
            List<Path> lr,
            int memoryMib) {
        public Data {
            train = List.copyOf(train);
            lr = List.copyOf(lr);
            if (train.isEmpty()) {
                throw new ValueRefused("data.train", "empty", "one folder of pictures or more");
            }
            ValueRefused.unlessBetween("data.patch", patch, 4, 1024);
            ValueRefused.unlessBetween("data.batch", batch, 1, 4096);
            ValueRefused.unlessBetween("data.memory_mib", memoryMib, 0, 1_000_000);
            if (!lr.isEmpty() && lr.size() != train.size()) {
                throw new ValueRefused(
                        "data.lr",
                        "a list of " + lr.size(),
                        "one folder for each of data.train, here " + train.size() + ", or none");
            }
            if (!lr.isEmpty() && degradation == Degradation.PHOTO) {
                throw new ValueRefused("data.degradation", "photo", "bicubic, since data.lr gives the small pictures");
            }
        }
    }

    /**
     * How photographs are spoilt, after X. Wang, L. Xie, C. Dong, Y. Shan, "Real-ESRGAN: Training Real-World Blind
     * Super-Resolution with Pure Synthetic Data", ICCV workshops 2021: blur, resizing, noise and JPEG, once or twice, each with
     * a strength drawn for each patch up to the one named here. A second round is milder: half the blur, five sixths of the
     * noise.
     *
     * @param order rounds, 1 or 2
     * @param blur largest standard deviation of the first blur in pixels, 0.2 to 10
     * @param noise largest standard deviation of Gaussian noise in levels of 8 bits, 0 to 100
     * @param poisson largest strength of shot noise, 0 to 10; 1 is that of 256 counts at white
     * @param quality lowest quality of JPEG, 1 to 95; 95 is the highest
     * @param shrink smallest factor of the first resizing, 0.05 to 1
     * @param enlarge largest factor of the first resizing, 1 to 4
     * @param ringing share of the patches that pass a sinc filter at the end, 0 to 1
     * @param sound share of the patches that are only reduced, by MATLAB's bicubic, 0 to 1: what keeps a network from
     *     taking detail for a flaw
     * @param spared how often each blur, resizing, noise and JPEG of the others is left out, 0 to 1
     */
    public record Photo(
            int order,
            double blur,
            double noise,
            double poisson,
            int quality,
            double shrink,
            double enlarge,
            double ringing,
            double sound,
            double spared) {
        public Photo {
            ValueRefused.unlessBetween("photo.order", order, 1, 2);
            ValueRefused.unlessBetween("photo.blur", blur, 0.2, 10.0);
            ValueRefused.unlessBetween("photo.noise", noise, 0.0, 100.0);
            ValueRefused.unlessBetween("photo.poisson", poisson, 0.0, 10.0);
            ValueRefused.unlessBetween("photo.quality", quality, 1, 95);
            ValueRefused.unlessBetween("photo.shrink", shrink, 0.05, 1.0);
            ValueRefused.unlessBetween("photo.enlarge", enlarge, 1.0, 4.0);
            ValueRefused.unlessBetween("photo.ringing", ringing, 0.0, 1.0);
            ValueRefused.unlessBetween("photo.sound", sound, 0.0, 1.0);
            ValueRefused.unlessBetween("photo.spared", spared, 0.0, 1.0);
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
     * @param fold whether the statistics are folded into the weights when they are frozen, which changes no function but keeps
     *     steps small; without it the deviations go on multiplying every step, as papers have it
     */
    public record Bn(
            Mode mode,
            Form form,
            double batchShare,
            int reestimateBatches,
            double momentum,
            double epsilon,
            boolean fold) {
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
     * @param holdOut pictures of {@code data.train}, 0 to 1000, that are not trained on but measured, as a set of their own
     */
    public record Validation(List<Path> sets, long every, int holdOut) {
        public Validation {
            sets = List.copyOf(sets);
            ValueRefused.unlessBetween("validation.every", every, 1, 100_000_000);
            ValueRefused.unlessBetween("validation.hold_out", holdOut, 0, 1000);
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

    /** What the loss of an iteration, 0 for the first, is taken of beside the luma. */
    public Colours coloursAt(long iteration) {
        boolean first = iteration < Math.round(optimiser.coloursShare() * optimiser.iterations());
        return first ? optimiser.colours() : Colours.RGB;
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
     * and how often is measured and saved are left out: two runs with the same text, the same pictures, the same engine
     * and the same program give the same weights. (Folders may move; the pictures have their own digest.)
     */
    public String canonicalText() {
        return ConfigSchema.canonicalText(this);
    }

    /** SHA-256 of {@link #canonicalText()} in UTF-8, 64 hexadecimal digits. */
    public String configHash() {
        return Sha256.hex(canonicalText().getBytes(StandardCharsets.UTF_8));
    }
}
