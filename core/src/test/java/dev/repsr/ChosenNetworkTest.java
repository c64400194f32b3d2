package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.engine.Engines;
import dev.repsr.format.Model;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenNetworkTest {
    @TempDir
    private Path folder;

    private static Upscaler upscaler(LoadedModels.Candidate... photos) throws IOException {
        List<LoadedModels.Candidate> clean = List.of(
                new LoadedModels.Candidate(2, () -> TestModels.nearest(2)),
                new LoadedModels.Candidate(3, () -> TestModels.nearest(3)));
        LoadedModels models = LoadedModels.of(Engines.choose("auto"), 2, clean, List.of(photos));
        return new Upscaler(models, UpscaleOptions.defaults().withOverwrite(true));
    }

    private static LoadedModels.Candidate photo() {
        return new LoadedModels.Candidate(
                2, () -> new Model("photo", TestModels.nearest(2).network(), Map.of()));
    }

    /** The same picture as a JPEG: of high or of low quality. */
    private Path scene(int quality) throws IOException {
        Picture scene = TestPictures.scene(200, 120);
        Path file = folder.resolve(quality + ".jpg");
        EncodeOptions options =
                new EncodeOptions(quality, EncodeOptions.defaults().metadata());
        AtomicFile.write(file, out -> ImageWriter.write(scene.rows(), ImageType.JPEG, options, out));
        return file;
    }

    @Test
    void pictureInPoorConditionGetsTheNetworkForPhotographs() throws IOException {
        UpscaleResult poor = upscaler(photo()).upscale(scene(30)).to(folder.resolve("out.png"));
        UpscaleResult sound = upscaler(photo()).upscale(scene(95)).to(folder.resolve("out.png"));

        assertThat(poor.model()).isEqualTo("photo");
        assertThat(poor.choice()).contains("JPEG of quality 30");
        assertThat(sound.model()).isEqualTo("nearest-x2");
        assertThat(sound.choice()).isEqualTo("a sound picture");
    }

    @Test
    void nothingIsSaidOfAChoiceThatThereIsNot() throws IOException {
        UpscaleResult without = upscaler().upscale(scene(30)).to(folder.resolve("out.png"));
        UpscaleResult otherScale = upscaler(photo()).times(3).upscale(scene(30)).to(folder.resolve("out.png"));
        UpscaleResult copied = upscaler(photo()).width(200).upscale(scene(30)).to(folder.resolve("out.jpg"));

        assertThat(without.model()).isEqualTo("nearest-x2");
        assertThat(otherScale.model()).isEqualTo("nearest-x3");
        assertThat(List.of(without.choice(), otherScale.choice(), copied.choice()))
                .containsOnly("");
    }

    @Test
    void ofTwoNetworksInTurnTheFirstCleans() throws IOException {
        UpscaleResult result = upscaler(photo()).times(6).upscale(scene(30)).to(folder.resolve("out.png"));

        assertThat(result.model()).isEqualTo("photo then nearest-x3");
    }

    @Test
    void planHasMemoryForEither() throws IOException {
        Model large = new Model("large", Models.open("repsr-m4c16-x2").network(), Map.of());
        Upscaler both = upscaler(new LoadedModels.Candidate(2, () -> large));

        long planned = both.upscale(scene(95)).plan(ImageType.PNG).mostBytes();

        assertThat(planned)
                .isGreaterThan(upscaler().upscale(scene(95)).plan(ImageType.PNG).mostBytes())
                .isGreaterThanOrEqualTo(
                        both.upscale(scene(30)).to(folder.resolve("out.png")).memoryBytes());
        assertThat(both.models()).extracting(Model::name).contains("large");
    }
}
