package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.engine.Engines;
import dev.repsr.format.ModelFile;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import dev.repsr.metric.BenchmarkImage;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.metric.SetScore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Enlargements beyond the largest scale of a network. */
class TwoNetworksTest {
    private static final int EVERY_FIFTH = 5;
    private static final int MOST = 20;

    private static final UpscaleOptions UNCHECKED =
            UpscaleOptions.defaults().withThreads(2).withSelfCheck(SelfCheckMode.OFF);

    /** What of PSNR two networks may cost where they gain structure, in decibels; 0.057 was measured (Set5, 8). */
    private static final double PSNR_LOSS = 0.08;

    /** Below the last digit that is published. */
    private static final double ROUNDING = 5e-5;

    @Tag("data")
    @ParameterizedTest
    @CsvSource({"Set5, 6", "Set5, 8", "B100, 6", "B100, 8"})
    void twoPublishedNetworksAreBetterThanOneAndBicubic(String name, int scale) throws IOException {
        List<LoadedModels.Candidate> published = IntStream.rangeClosed(2, 4)
                .mapToObj(each -> new LoadedModels.Candidate(
                        each, () -> ModelFile.open(TestData.require("weights/etds/ECBSR_M4C16_x" + each + ".pth"))))
                .toList();
        LoadedModels models = LoadedModels.of(Engines.choose("auto"), 4, published, List.of());

        SetScore both = score(set(name, scale), models.fitting(scale), scale);
        SetScore one = score(set(name, scale), models.fitting(4), scale);

        assertThat(both.psnrY()).isGreaterThan(one.psnrY());
        assertThat(both.psnrRgb()).isGreaterThan(one.psnrRgb());
        assertThat(both.ssimY()).isGreaterThan(one.ssimY());
    }

    @Tag("data")
    @ParameterizedTest
    @CsvSource({"Set5, 6", "Set5, 8", "B100, 6", "B100, 8"})
    void twoBuiltInNetworksKeepAsMuchStructureAsOneAndBicubic(String name, int scale) throws IOException {
        LoadedModels models = LoadedModels.builtIn(4, Engines.choose("auto"));

        SetScore both = score(set(name, scale), models.fitting(scale), scale);
        SetScore one = score(set(name, scale), models.fitting(4), scale);

        assertThat(models.fitting(scale)).hasSize(2);
        assertThat(both.ssimY()).isGreaterThan(one.ssimY() - ROUNDING);
        assertThat(both.psnrY()).isGreaterThan(one.psnrY() - PSNR_LOSS);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 2, 1",
        "1.05, 2, 1",
        "2, 2, 1",
        "2.1, 3, 1",
        "4, 4, 1",
        "4.1, 2, 3",
        "6, 2, 3",
        "6.1, 2, 4",
        "8, 2, 4"
    })
    void leastScaleThatReachesTheSizeIsTaken(double factor, int first, int second) throws IOException {
        List<LoadedModel> fitting = models(2, 3, 4).fitting(factor);

        assertThat(fitting.getFirst().scale()).isEqualTo(first);
        assertThat(fitting).hasSize(second == 1 ? 1 : 2);
        assertThat(fitting.getLast().scale()).isEqualTo(second == 1 ? first : second);
    }

    @Test
    void farBeyondWhatTwoReachTheLargestRunsTwiceAndOneAloneOnce() throws IOException {
        assertThat(models(2, 3, 4).fitting(8.5)).extracting(LoadedModel::scale).containsExactly(3, 3);
        assertThat(models(2, 3, 4).fitting(100)).extracting(LoadedModel::scale).containsExactly(4, 4);
        assertThat(models(2).fitting(8)).extracting(LoadedModel::scale).containsExactly(2);
    }

    private static LoadedModels models(int... scales) throws IOException {
        return LoadedModels.of(
                Engines.choose("scalar"),
                4,
                Arrays.stream(scales)
                        .mapToObj(scale -> new LoadedModels.Candidate(scale, () -> TestModels.nearest(scale)))
                        .toList(),
                List.of());
    }

    private static BenchmarkSet set(String name, int scale) throws IOException {
        BenchmarkSet set = BenchmarkSet.load(TestData.require("benchmarks/" + name), null, scale, scale);
        return set.images().size() > MOST ? everyFifth(set) : set;
    }

    private static BenchmarkSet everyFifth(BenchmarkSet set) {
        List<BenchmarkImage> images = new ArrayList<>();
        for (int i = 0; i < set.images().size(); i += EVERY_FIFTH) {
            images.add(set.images().get(i));
        }
        return new BenchmarkSet(set.name(), set.scale(), images);
    }

    private static SetScore score(BenchmarkSet set, List<LoadedModel> models, int scale) throws IOException {
        return set.score(picture -> enlarged(picture, models, scale), (image, sr) -> {});
    }

    private static Picture enlarged(Picture picture, List<LoadedModel> models, int scale) throws IOException {
        PictureFormat input = picture.format();
        List<NetworkStep> steps = new ArrayList<>();
        for (LoadedModel model : models) {
            steps.add(NetworkStep.of(
                    model, steps.isEmpty() ? input : steps.getLast().output()));
        }
        PictureFormat output = input.resized(input.width() * scale, input.height() * scale);
        JobSteps job = new JobSteps(
                steps,
                "",
                steps.getLast().output().equals(output) ? Treatment.ENLARGED : Treatment.RESAMPLED,
                input,
                output);
        JobMemory.Share share = new JobMemory.Share(2, List.of(1L << 28, 1L << 28), 1L << 29);
        try (PictureRows rows = job.rows("picture", picture.rows(), UNCHECKED, share)) {
            return Picture.read(rows);
        }
    }
}
