package dev.repsr.merge;

import dev.repsr.block.MergedNetwork;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.engine.Engine;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds a training network and proves it.
 *
 * @param network the plain network, weights rounded to float
 * @param receipt the proof
 */
public record Merge(Network network, Receipt receipt) {

    /**
     * Folds every block and compares branches, merged form and the engines on real patches.
     *
     * @param engines those whose output is checked, at least one
     * @throws ReceiptRefused if they do not agree within the limits of {@link Receipt}
     */
    public static Merge of(TrainingNetwork training, List<Engine> engines) throws IOException {
        return of(training, TrainingNetwork::merge, engines, null);
    }

    /**
     * As {@link #of(TrainingNetwork, List)}, and compares the engines with the training framework too.
     *
     * @param trainer the framework's evaluation of {@code training}
     * @throws ReceiptRefused if they do not agree within the limits of {@link Receipt}
     */
    public static Merge of(TrainingNetwork training, List<Engine> engines, FloatEvaluation trainer) throws IOException {
        return of(training, TrainingNetwork::merge, engines, trainer);
    }

    /** A training network evaluated in float arithmetic by someone else. */
    @FunctionalInterface
    public interface FloatEvaluation {
        /**
         * The enlarged picture, [3, height * scale, width * scale].
         *
         * @param rgb [3, height, width] in 0..1
         */
        float[] evaluate(float[] rgb, int height, int width);
    }

    /** With another way to fold, so that a test can plant a fault. */
    static Merge of(
            TrainingNetwork training,
            Function<TrainingNetwork, MergedNetwork> fold,
            List<Engine> engines,
            @Nullable FloatEvaluation trainer)
            throws IOException {
        MergedNetwork merged = fold.apply(training);
        Network network = rounded(merged);
        Comparison comparison = new Comparison();
        for (ReceiptPatch patch : ReceiptPatch.all()) {
            double[] branches = training.evaluate(patch.planes(), patch.height(), patch.width());
            comparison.addMerged(branches, merged.evaluate(patch.planes(), patch.height(), patch.width()));
            for (Engine engine : engines) {
                float[] output = patch.run(engine, network);
                comparison.addEngine(branches, output);
                if (trainer != null) {
                    float[] rgb = patch.floatPlanes();
                    comparison.addTrainer(trainer.evaluate(rgb, patch.height(), patch.width()), output);
                }
            }
        }
        Receipt receipt = comparison.receipt();
        receipt.check();
        return new Merge(network, receipt);
    }

    private static Network rounded(MergedNetwork merged) throws ReceiptRefused {
        try {
            return merged.toNetwork();
        } catch (IllegalArgumentException e) {
            throw new ReceiptRefused("the merged network is unsound: " + e.getMessage());
        }
    }
}
