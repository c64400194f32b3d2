package dev.repsr.train.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.block.Block;
import dev.repsr.block.DiverseBlock;
import dev.repsr.block.EdgeBlock;
import dev.repsr.block.PathSequence;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.RepVggBlock;
import dev.repsr.block.Topology;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.InitialWeights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OwnStatisticsTest {
    private static final int WIDTH = 13;
    private static final int HEIGHT = 9;
    private static final double EPSILON = 1e-5;

    @Test
    void withoutNormalisationItIsTheNetworkItself() {
        Block block = new RepSrBlock(4, 4, 2, 2, PathSequence.of("3-1"), true, false);
        TrainingNetwork network = network(block);
        Picture picture = picture();

        Picture enlarged = new OwnStatistics(network).enlarge(picture);

        double[] expected = network.evaluate(planes(picture), HEIGHT, WIDTH);
        for (int y = 0; y < 2 * HEIGHT; y++) {
            for (int x = 0; x < 2 * WIDTH; x++) {
                for (int c = 0; c < 3; c++) {
                    double value = 255 * expected[(c * 2 * HEIGHT + y) * 2 * WIDTH + x];
                    assertThat((double) enlarged.sample(x, y, c))
                            .as("%d %d %d", x, y, c)
                            .isBetween(Math.clamp(value, 0, 255) - 0.51, Math.clamp(value, 0, 255) + 0.51);
                }
            }
        }
    }

    @Test
    void thePopulationsStatisticsDoNotMatter() {
        TrainingNetwork network = network(new RepSrBlock(4));
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().tensors());
        tensors.replaceAll((name, tensor) ->
                name.endsWith("bn.mean") ? Tensor.of(filled(tensor.size(), 7), tensor.size()) : tensor);
        TrainingNetwork other = new TrainingNetwork(network.topology(), EPSILON, new Weights(tensors));

        assertThat(new OwnStatistics(other).enlarge(picture()))
                .isEqualTo(new OwnStatistics(network).enlarge(picture()));
    }

    @Test
    void itIsPossibleWhereNormalisationIsTheLastSpatialThing() {
        assertThat(OwnStatistics.isPossible(new Topology(2, 1, new RepSrBlock(4))))
                .isTrue();
        assertThat(OwnStatistics.isPossible(new Topology(2, 1, new RepVggBlock(4, 4, true))))
                .isTrue();
        assertThat(OwnStatistics.isPossible(new Topology(2, 1, new DiverseBlock(4, 4, true))))
                .isFalse();
        assertThat(OwnStatistics.isPossible(new Topology(2, 1, new EdgeBlock(4, 4, 2, true))))
                .isFalse();
    }

    private static TrainingNetwork network(Block block) {
        Topology topology = new Topology(2, 2, block);
        return new TrainingNetwork(topology, EPSILON, InitialWeights.of(topology, 5));
    }

    private static Picture picture() {
        SplittableRandom random = new SplittableRandom(2);
        byte[] samples = new byte[3 * WIDTH * HEIGHT];
        random.nextBytes(samples);
        return Picture.of(new PictureFormat(WIDTH, HEIGHT, 3, 8), samples);
    }

    private static double[] planes(Picture picture) {
        double[] planes = new double[3 * WIDTH * HEIGHT];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = picture.sample(i % WIDTH, i / WIDTH % HEIGHT, i / WIDTH / HEIGHT) / 255.0;
        }
        return planes;
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        java.util.Arrays.fill(values, value);
        return values;
    }
}
