package dev.repsr.train;

import dev.repsr.block.Block;
import dev.repsr.block.PlainConv;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.Topology;
import dev.repsr.block.Topology.Place;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.Form;
import dev.repsr.train.engine.InitialWeights;
import dev.repsr.train.engine.Precision;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.engine.Update;
import java.io.IOException;
import java.util.Random;

/** One step of training, again and again on the same noise: what the speed of training is measured with. */
public final class StepWork implements AutoCloseable {
    private static final int PATCH = 32;
    private static final int BATCH = 16;
    private static final int TAPS = 9;
    private static final double EPSILON = 1e-5;
    private static final double MOMENTUM = 0.1;
    private static final double AVERAGE = 0.999;
    private static final Update ADAM = Update.adam(0.9, 0.999);

    /** So small that the network stays what it is. */
    private static final double RATE = 1e-6;

    private final Trainer trainer;
    private final float[] lr;
    private final float[] hr;

    /** What is trained, and where its batch normalisation stands. */
    public enum Kind {
        /** 3x3 convolutions alone. */
        PLAIN("plain"),
        /** RepSR's blocks with population statistics. */
        FROZEN("RepSR, frozen"),
        /** RepSR's blocks with the statistics of each batch. */
        BATCH("RepSR, batch statistics");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** For tables. */
        public String label() {
            return label;
        }
    }

    /** Makes an engine's trainer. */
    @FunctionalInterface
    public interface Engine {
        /** A trainer that starts from these weights. */
        Trainer open(TrainerSettings settings, Weights initial);
    }

    private StepWork(Trainer trainer, TrainerSettings settings) {
        this.trainer = trainer;
        Random random = new Random(1);
        lr = noise(random, 3 * settings.batch() * settings.patch() * settings.patch());
        int scale = settings.topology().scale();
        hr = noise(random, lr.length * scale * scale);
    }

    private static float[] noise(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    /** The network that is trained. */
    public static Topology topology(int body, int channels, int scale, Kind kind) {
        Block block = switch (kind) {
            case PLAIN -> new PlainConv(channels);
            case FROZEN, BATCH -> new RepSrBlock(channels);
        };
        return new Topology(scale, body, block);
    }

    /** Work of an engine: batches of 16 patches of 32x32 pixels, mean absolute error, Adam. */
    public static StepWork open(Engine engine, Topology topology, Kind kind, Form form, int threads)
            throws IOException {
        TrainerSettings settings = new TrainerSettings(
                topology,
                EPSILON,
                MOMENTUM,
                form,
                Precision.FLOAT32,
                PATCH,
                BATCH,
                ADAM,
                AVERAGE,
                threads,
                Device.CPU,
                true);
        Trainer trainer = engine.open(settings, InitialWeights.of(topology, 1));
        if (kind != Kind.BATCH) {
            trainer.freeze();
        }
        return new StepWork(trainer, settings);
    }

    /**
     * Floating-point operations of a step's convolutions, computed directly in the merged network, two a multiply-add: forth, and back for the
     * kernel and, except in the first, for the input.
     */
    public static double flop(Topology topology) {
        double multiplyAdds = 0;
        for (Place place : topology.places()) {
            int passes = multiplyAdds == 0 ? 2 : 3;
            multiplyAdds +=
                    (double) passes * TAPS * place.block().in() * place.block().out();
        }
        return 2 * multiplyAdds * BATCH * PATCH * PATCH;
    }

    /** One step. @return the mean absolute error before it */
    public float step() throws IOException {
        return trainer.step(lr, hr, RATE);
    }

    @Override
    public void close() {
        trainer.close();
    }
}
