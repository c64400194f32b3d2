package dev.repsr.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repsr.TestPictures;
import dev.repsr.image.Bicubic;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.ConfigRefused.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSetTest {
    private static final int SCALE = 2;
    private static final int PATCH = 4;

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private TrainingSet load(Path... folders) throws IOException {
        return TrainingSet.load(List.of(folders), SCALE, PATCH, warnings::add);
    }

    private ConfigRefused refusal(Path... folders) {
        ConfigRefused refused = catchThrowableOfType(ConfigRefused.class, () -> load(folders));
        assertThat(refused).isNotNull();
        assertThat(refused.kind()).isEqualTo(Kind.DATA);
        assertThat(refused.getMessage()).doesNotContain("\n");
        return refused;
    }

    private Picture write(String name, Picture picture) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, TestPictures.encode(picture, ImageType.ofName(name).orElseThrow()));
        return picture;
    }

    private Picture write(String name, long seed) throws IOException {
        return write(name, TestPictures.noise(10, 8, 3, 8, seed));
    }

    private static List<Picture> originals(TrainingSet set) {
        return IntStream.range(0, set.size())
                .mapToObj(i -> set.get(i).hr().toPicture())
                .toList();
    }

    @Test
    void picturesComeFromAllDepthsInTheOrderOfTheirPathsFolderAfterFolder() throws IOException {
        Picture b = write("one/b.png", 1);
        Picture deep = write("one/a/z/deep.PNG", 2);
        Picture c = write("one/c.png", 3);
        Picture zero = write("two/0.png", 4);
        write("one/d.jpg", 5);

        TrainingSet set = load(folder.resolve("two"), folder.resolve("one"));

        assertThat(originals(set)).hasSize(5).startsWith(zero, deep, b, c);
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatIsNoPictureIsIgnored() throws IOException {
        Picture a = write("a.png", 1);
        Files.writeString(folder.resolve("README.md"), "text");
        Files.writeString(folder.resolve("a.png.txt"), "text");
        Files.writeString(folder.resolve("._a.png"), "another system's notes on a.png");
        Files.createDirectories(folder.resolve("folder.png"));

        assertThat(originals(load(folder))).containsExactly(a);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aFolderMayBeALink() throws IOException {
        Picture a = write("real/a.png", 1);
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

        assertThat(originals(load(link))).containsExactly(a);
    }

    @Test
    void aFolderThatContainsItselfIsRefused() throws IOException {
        write("real/a.png", 1);
        Files.createSymbolicLink(folder.resolve("real/again"), folder.resolve("real"));

        assertThat(refusal(folder.resolve("real"))).hasMessageContaining("links to itself");
    }

    @Test
    void everyKindOfPictureBecomesRgbOfEightBits() throws IOException {
        List<Picture> expected = new ArrayList<>();
        for (int bitDepth : new int[] {16, 8}) {
            for (int channels = 1; channels <= 4; channels++) {
                Picture picture = TestPictures.noise(10, 8, channels, bitDepth, channels);
                expected.add(write(bitDepth + "-" + channels + ".png", picture).toRgb8());
            }
        }

        TrainingSet set = load(folder);

        assertThat(originals(set)).isEqualTo(expected);
        Picture grey = set.get(0).hr().toPicture();
        assertThat(grey.format().channels()).isEqualTo(3);
        assertThat(grey.format().bitDepth()).isEqualTo(8);
        int sample = TestPictures.noise(10, 8, 1, 16, 1).sample(3, 2, 0);
        for (int c = 0; c < 3; c++) {
            assertThat(grey.sample(3, 2, c)).isEqualTo((int) Math.round(sample / 257.0));
        }
    }

    @Test
    void sidesAreCutToMultiplesOfTheScaleAndReducedAsTheMetricsDo() throws IOException {
        Picture odd = write("odd.png", TestPictures.noise(17, 13, 3, 8, 1));

        TrainingPair pair = (TrainingPair)
                TrainingSet.load(List.of(folder), 3, PATCH, warnings::add).get(0);

        assertThat(pair.hr().toPicture()).isEqualTo(odd.crop(0, 0, 15, 12));
        assertThat(pair.lr().toPicture()).isEqualTo(Bicubic.reduce(odd.crop(0, 0, 15, 12), 3));
        assertThat(pair.lr().width()).isEqualTo(5);
        assertThat(pair.lr().height()).isEqualTo(4);
    }

    @Test
    void picturesSmallerThanAPatchAreLeftOutWithASentenceEach() throws IOException {
        Picture exact = write("exact.png", TestPictures.noise(8, 8, 3, 8, 1));
        write("low.png", TestPictures.noise(100, 7, 3, 8, 1));
        write("narrow.png", TestPictures.noise(7, 100, 3, 8, 1));

        assertThat(originals(load(folder))).containsExactly(exact);
        assertThat(warnings)
                .containsExactly(
                        folder.resolve("low.png") + ": 100x7 pixels are fewer than a patch needs, left out",
                        folder.resolve("narrow.png") + ": 7x100 pixels are fewer than a patch needs, left out");
    }

    @Test
    void ifAllAreTooSmallTheNeededSizeIsNamed() throws IOException {
        write("small.png", TestPictures.noise(7, 7, 3, 8, 1));

        assertThat(refusal(folder))
                .hasMessage("none of the 1 training pictures is at least 8 pixels wide and high,"
                        + " which data.patch 4 at scale 2 needs");
    }

    @Test
    void oneUnreadablePictureInAHundredIsLeftOutWithASentence() throws IOException {
        writeMany(99);
        Files.writeString(folder.resolve("text.png"), "this is no picture");

        assertThat(load(folder).size()).isEqualTo(99);
        assertThat(warnings).singleElement().asString().contains("text.png");
    }

    @Test
    void moreThanOneUnreadablePictureInAHundredStopsTheRun() throws IOException {
        writeMany(98);
        Files.writeString(folder.resolve("text.png"), "this is no picture");

        assertThat(refusal(folder)).hasMessage("1 of 99 training pictures cannot be read; remove or mend them");
        assertThat(warnings).singleElement().asString().contains("text.png");
    }

    @Test
    void aPictureCutOffIsUnreadable() throws IOException {
        TestPictures.writeTruncated(folder, "cut.png");

        assertThat(refusal(folder)).hasMessageContaining("1 of 1 training pictures cannot be read");
    }

    private void writeMany(int count) throws IOException {
        byte[] bytes = TestPictures.encode(TestPictures.noise(8, 8, 3, 8, 1), ImageType.PNG);
        for (int i = 0; i < count; i++) {
            Files.write(folder.resolve(i + ".png"), bytes);
        }
    }

    @Test
    void aMissingOrEmptyFolderIsNamed() throws IOException {
        Path missing = folder.resolve("missing");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        write("full/a.png", 1);

        assertThat(refusal(missing)).hasMessage(missing + ": there is no such folder of training pictures");
        assertThat(refusal(folder.resolve("full"), empty)).hasMessage(empty + ": no pictures in this folder");
        assertThat(refusal(folder.resolve("full/a.png"))).hasMessageContaining("no such folder");
        assertThatThrownBy(() -> load(folder.resolve("full"), missing)).isInstanceOf(ConfigRefused.class);
    }
}
