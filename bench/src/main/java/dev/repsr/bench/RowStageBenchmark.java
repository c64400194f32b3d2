package dev.repsr.bench;

import dev.repsr.engine.Engines;
import dev.repsr.engine.RowNetwork;
import dev.repsr.engine.RowStage;
import dev.repsr.network.Network;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One stage of an engine by itself, on rows that stay in the cache: {@link RowStage#ROWS} rows of a picture, through a
 * convolution with its PReLU. Says how fast a kernel is at most; whole pictures also wait for memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowStageBenchmark {
    private static final int SCALE = 4;
    private static final int WIDTH = 640;

    /** Name of the engine. */
    @Param({"winograd", "direct"})
    public String engine = "winograd";

    /** Channels of the network. */
    @Param({"16", "32", "64"})
    public int channels = 16;

    /** Which convolution: 3 to C, C to C or C to 48 channels. */
    @Param({"head", "body", "tail"})
    public String layer = "body";

    private @Nullable RowStage stage;
    private float[][] in = {};
    private float[][] out = {};
    private float[][] scratch = {};

    /** Makes the network and its rows. */
    @Setup
    public void prepare() {
        Network network = RandomNetworks.compact(1, channels, SCALE, 1);
        RowNetwork rows = Engines.choose(engine).prepare(network).forPicture(WIDTH, RowStage.ROWS);
        int index = switch (layer) {
            case "head" -> 0;
            case "body" -> 1;
            case "tail" -> 2;
            default -> throw new IllegalArgumentException("there is no layer " + layer);
        };
        RowStage chosen = rows.stages().get(index);
        long inFloats = index == 0
                ? rows.pictureFloats(WIDTH)
                : rows.stages().get(index - 1).outFloats(WIDTH);
        in = new float[RowStage.ROWS + 2][Math.toIntExact(inFloats)];
        out = new float[RowStage.ROWS][Math.toIntExact(chosen.outFloats(WIDTH))];
        scratch = Arrays.stream(chosen.scratchFloats(WIDTH))
                .mapToObj(floats -> new float[Math.toIntExact(floats)])
                .toArray(float[][]::new);
        stage = chosen;
        SplittableRandom random = new SplittableRandom(2);
        for (float[] row : in) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextDouble();
            }
        }
    }

    /** Four rows. */
    @Benchmark
    public float[][] fourRows() {
        Objects.requireNonNull(stage).compute(in, out, 0, WIDTH, WIDTH, scratch);
        return out;
    }
}
