package dev.repsr.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repsr.TestPictures;
import dev.repsr.image.Bicubic;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig.Photo;
import dev.repsr.train.degrade.PhotoDegradation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives, pairs, pictures kept apart, spoilt ones, and pictures that do not fit into memory. */
class TrainingSourcesTest {
    private static final Photo MILD = new Photo(1, 0.2, 0, 0, 95, 1, 1, 0, 0, 0);

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private TrainingSetOptions options(Path... train) {
        return new TrainingSetOptions(
                List.of(train),
                List.of(),
                Optional.empty(),
                2,
                4,
                Long.MAX_VALUE,
                folder.resolve("pictures.cache"),
                0,
                7,
                Integer.MAX_VALUE);
    }

    private static TrainingSetOptions pairs(TrainingSetOptions o, Path lr) {
        return new TrainingSetOptions(
                o.train(),
                List.of(lr),
                o.photo(),
                o.scale(),
                o.patch(),
                o.memory(),
                o.file(),
                o.holdOut(),
                o.seed(),
                o.most());
    }

    private static TrainingSetOptions holdOut(TrainingSetOptions o, int count) {
        return new TrainingSetOptions(
                o.train(), o.lr(), o.photo(), o.scale(), o.patch(), o.memory(), o.file(), count, o.seed(), o.most());
    }

    private static TrainingSetOptions memory(TrainingSetOptions o, long bytes) {
        return new TrainingSetOptions(
                o.train(), o.lr(), o.photo(), o.scale(), o.patch(), bytes, o.file(), o.holdOut(), o.seed(), o.most());
    }

    private static TrainingSetOptions photo(TrainingSetOptions o, Photo photo) {
        return new TrainingSetOptions(
                o.train(),
                o.lr(),
                Optional.of(new PhotoDegradation(photo)),
                o.scale(),
                o.patch(),
                o.memory(),
                o.file(),
                o.holdOut(),
                o.seed(),
                o.most());
    }

    private TrainingSet load(TrainingSetOptions options) throws IOException {
        return TrainingSet.load(options, warnings::add);
    }

    private ConfigRefused refusal(TrainingSetOptions options) {
        ConfigRefused refused = catchThrowableOfType(ConfigRefused.class, () -> load(options));
        assertThat(refused).isNotNull();
        assertThat(refused.getMessage()).doesNotContain("\n");
        assertThat(refused.kind()).isEqualTo(ConfigRefused.Kind.DATA);
        return refused;
    }

    private Picture write(String name, int width, int height, long seed) throws IOException {
        Picture picture = TestPictures.noise(width, height, 3, 8, seed);
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, TestPictures.encode(picture, ImageType.PNG));
        return picture;
    }

    private static Map<String, byte[]> contents() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("b.png", TestPictures.encode(TestPictures.noise(12, 10, 3, 8, 1), ImageType.PNG));
        entries.put("a/z/c.png", TestPictures.encode(TestPictures.noise(10, 12, 3, 8, 2), ImageType.PNG));
        entries.put("README.txt", "no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        entries.put("__MACOSX/._b.png", new byte[700]);
        for (int length : new int[] {130, 220}) {
            String name = "long/" + "n".repeat(100) + "/" + "m".repeat(length - 106) + ".png";
            entries.put(name, TestPictures.encode(TestPictures.noise(8, 9, 3, 8, length), ImageType.PNG));
        }
        return entries;
    }

    @Test
    void foldersAndArchivesOfTheSamePicturesAreTheSameTrainingSet() throws IOException {
        Map<String, byte[]> entries = contents();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            Path file = folder.resolve("plain").resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        Path zip = Archives.zip(folder.resolve("p.zip"), entries);
        Path tar = Archives.tar(folder.resolve("p.tar"), entries);

        TrainingSet plain = load(options(folder.resolve("plain")));

        assertThat(plain.size()).isEqualTo(4);
        assertThat(load(options(zip)).digest()).isEqualTo(plain.digest());
        assertThat(load(options(tar)).digest()).isEqualTo(plain.digest());
        assertThat(warnings).isEmpty();
    }

    @Test
    void anArchiveThatCannotBeReadIsNamedWithTheReason() throws IOException {
        Path text = Files.writeString(folder.resolve("text.tar"), "this is a text ".repeat(100));
        Path empty = Archives.tar(folder.resolve("empty.tar"), Map.of("a.txt", new byte[3]));
        Path tar = Archives.tar(folder.resolve("whole.tar"), contents());
        byte[] bytes = Files.readAllBytes(tar);
        Path cut = Files.write(folder.resolve("cut.tar"), Arrays.copyOf(bytes, 1000));
        bytes[600] ^= 1; // in the second header
        Path damaged = Files.write(folder.resolve("damaged.tar"), bytes);
        Path zip = Files.writeString(folder.resolve("text.zip"), "this is a text");
        Path packed = Files.writeString(folder.resolve("p.tar.gz"), "");

        assertThat(refusal(options(text))).hasMessage(text + ": this file is not a tar archive");
        assertThat(refusal(options(empty))).hasMessage(empty + ": no pictures in this archive");
        assertThat(refusal(options(cut))).hasMessageStartingWith(cut + ": this file is damaged at byte ");
        assertThat(refusal(options(damaged))).hasMessageStartingWith(damaged + ": this file is damaged at byte 1024");
        assertThat(refusal(options(zip))).hasMessageStartingWith(zip + ": this zip archive cannot be read (");
        assertThat(refusal(options(packed))).hasMessageContaining("unpack it");
    }

    @Test
    void aBrokenPictureInAnArchiveIsNamedByBoth() throws IOException {
        Path zip = Archives.zip(folder.resolve("p.zip"), Map.of("a/b.png", new byte[] {1, 2, 3}));

        assertThat(refusal(options(zip))).hasMessageContaining("1 of 1 training pictures cannot be read");
        assertThat(warnings).singleElement().asString().startsWith(zip + ": a/b.png is not a picture");
    }

    @Test
    void pairsAreFoundByNameWithOrWithoutTheScaleBehindIt() throws IOException {
        Picture a = write("hr/a.png", 13, 9, 1);
        Picture b = write("hr/deep/b.png", 8, 8, 2);
        Picture smallA = write("lr/ax2.png", 6, 4, 3);
        Picture smallB = write("lr/deep/b.png", 4, 4, 4);

        TrainingSet set = load(pairs(options(folder.resolve("hr")), folder.resolve("lr")));

        TrainingPair first = (TrainingPair) set.get(0);
        TrainingPair second = (TrainingPair) set.get(1);
        assertThat(first.hr().toPicture()).isEqualTo(a.crop(0, 0, 12, 8));
        assertThat(first.lr().toPicture()).isEqualTo(smallA);
        assertThat(second.hr().toPicture()).isEqualTo(b);
        assertThat(second.lr().toPicture()).isEqualTo(smallB);
    }

    @Test
    void theSmallPicturesOfPairsArePartOfTheDigest() throws IOException {
        write("hr/a.png", 12, 10, 1);
        write("lr/a.png", 6, 5, 2);
        TrainingSetOptions options = pairs(options(folder.resolve("hr")), folder.resolve("lr"));
        String before = load(options).digest();
        write("lr/a.png", 6, 5, 3);

        assertThat(load(options).digest()).isNotEqualTo(before);
    }

    @Test
    void aPairOfTheWrongSizeIsRefusedWithBothSizes() throws IOException {
        write("hr/a.png", 12, 10, 1);
        write("hr/b.png", 12, 10, 1);
        write("lr/a.png", 6, 4, 2);
        write("lr/b.png", 12, 10, 2);

        assertThat(refusal(pairs(options(folder.resolve("hr")), folder.resolve("lr"))))
                .hasMessage(folder.resolve("lr/a.png") + ": 6x4 pixels, but its partner " + folder.resolve("hr/a.png")
                        + " of 12x10 needs one of 6x5 at scale 2 (and 1 other pairs do not fit)");
    }

    @Test
    void aPictureWithoutAPartnerIsRefusedWithTheNameThatIsMissing() throws IOException {
        write("hr/a.png", 12, 10, 1);
        write("hr/sub/b.png", 12, 10, 1);
        write("lr/a.png", 6, 5, 2);

        assertThat(refusal(pairs(options(folder.resolve("hr")), folder.resolve("lr"))))
                .hasMessage(folder.resolve("lr") + ": 1 of 2 pictures have no partner there; "
                        + folder.resolve("hr/sub/b.png") + " needs one called sub/b or sub/bx2");
    }

    @Test
    void picturesThatDoNotFitIntoMemoryGiveTheSameBatchesFromAFileThatIsGone() throws IOException {
        for (int i = 0; i < 40; i++) {
            write("p/" + i + ".png", 12 + i % 5, 10 + i % 3, i);
        }
        Path file = folder.resolve("pictures.cache");
        TrainingSet inMemory = load(options(folder.resolve("p")));
        // One picture takes 3 * 12 * 10 * 1.25 bytes or more: about ten fit.
        try (TrainingSet mapped = load(memory(options(folder.resolve("p")), 5000))) {
            assertThat(warnings).singleElement().asString().contains("are read from a file in " + folder);
            assertThat(mapped.digest()).isEqualTo(inMemory.digest());
            PatchShape shape = new PatchShape(2, 4, 64, true, true);
            Batch expected = shape.allocate();
            Batch batch = shape.allocate();
            shape.fill(inMemory, new SampleOrder(1, 40), 3, expected);
            shape.fill(mapped, new SampleOrder(1, 40), 3, batch);
            assertThat(batch.lr()).containsExactly(expected.lr());
            assertThat(batch.hr()).containsExactly(expected.hr());
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheLoadingWithASentence() throws IOException {
        write("p/a.png", 12, 10, 1);
        TrainingSetOptions o = options(folder.resolve("p"));
        TrainingSetOptions nowhere = new TrainingSetOptions(
                o.train(), o.lr(), o.photo(), 2, 4, 0, folder.resolve("none/pictures.cache"), 0, 0, 9);

        assertThat(catchThrowableOfType(IOException.class, () -> load(nowhere)))
                .hasMessageContaining("there is no folder");
    }

    @Test
    void picturesKeptApartAreSpreadEvenlyAndNotTrainedOn() throws IOException {
        List<Picture> written = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            written.add(write("p/" + i + ".png", 12, 10, i));
        }

        TrainingSet set = load(holdOut(options(folder.resolve("p")), 2));

        assertThat(set.heldOut()).extracting(HeldOutPicture::name).containsExactly("0", "3");
        assertThat(set.heldOut().getLast().hr()).isEqualTo(written.get(3));
        assertThat(set.heldOut().getLast().lr()).isEqualTo(Bicubic.reduce(written.get(3), 2));
        assertThat(set.size()).isEqualTo(4);
        assertThat(set.get(2).hr().toPicture()).isEqualTo(written.get(4));
        assertThat(refusal(holdOut(options(folder.resolve("p")), 6)))
                .hasMessage("validation.hold_out 6 leaves none of the 6 training pictures");
    }

    @Test
    void greyAndDeepPicturesAreTrainedOnAndNamed() throws IOException {
        Files.createDirectories(folder.resolve("p"));
        for (int i = 0; i < 3; i++) {
            Picture grey = TestPictures.noise(10, 8, 1, i == 2 ? 16 : 8, i);
            Files.write(folder.resolve("p/" + i + ".png"), TestPictures.encode(grey, ImageType.PNG));
        }

        assertThat(load(options(folder.resolve("p"))).size()).isEqualTo(3);
        assertThat(warnings)
                .containsExactly(
                        folder.resolve("p/0.png")
                                + " and 2 other training pictures are grey, read as red = green = blue",
                        folder.resolve("p/2.png") + " is of 16 bits a sample, rounded to 8");
    }

    /** Noise, reduced to half: any shift by a pixel, turn or change of colours would show. */
    @Test
    void spoiltPatchesLieWhereTheirOriginalsAreWhateverTheOrientation() throws IOException {
        Picture small = TestPictures.noise(40, 30, 3, 8, 3);
        Picture smooth = Bicubic.enlarge(small, 4);
        Path file = Files.createDirectories(folder.resolve("p")).resolve("a.png");
        Files.write(file, TestPictures.encode(smooth, ImageType.PNG));
        TrainingSet set = load(photo(options(folder.resolve("p")), MILD));

        PatchShape shape = new PatchShape(2, 24, 64, true, true);
        Batch batch = shape.allocate();
        shape.fill(set, new SampleOrder(5, 1), 0, batch);

        for (int n = 0; n < 64; n++) {
            // JPEG halves the resolution of the colours, which costs noise a part of them.
            assertThat(distance(batch, n, n, 24)).isLessThan(0.12);
            assertThat(distance(batch, n, (n + 1) % 64, 24)).isGreaterThan(0.18);
        }
    }

    /** Between LR patch {@code m} and the means of two by two pixels of HR patch {@code n}. */
    private static double distance(Batch batch, int n, int m, int patch) {
        double sum = 0;
        for (int i = 0; i < 3 * patch * patch; i++) {
            int c = i / (patch * patch);
            int corner = ((n * 3 + c) * 2 * patch + i / patch % patch * 2) * 2 * patch + i % patch * 2;
            float mean = (batch.hr()[corner]
                            + batch.hr()[corner + 1]
                            + batch.hr()[corner + 2 * patch]
                            + batch.hr()[corner + 2 * patch + 1])
                    / 4;
            sum += Math.abs(mean - batch.lr()[m * 3 * patch * patch + i]);
        }
        return sum / (3 * patch * patch);
    }

    @Test
    void spoiltBatchesAreTheSameWhereverTheLoaderBegins() throws Exception {
        write("p/a.png", 40, 36, 1);
        write("p/b.png", 8, 9, 2);
        Photo usual = new Photo(2, 3, 30, 3, 30, 0.15, 1.5, 0.8, 0, 0);
        TrainingSet set = load(photo(options(folder.resolve("p")), usual));
        PatchShape shape = new PatchShape(2, 4, 3, true, false);
        float[] fifth;
        try (BatchLoader loader = new BatchLoader(set, shape, 11, 0)) {
            for (int i = 0; i < 5; i++) {
                loader.next();
            }
            fifth = loader.next().lr().clone();
        }
        try (BatchLoader loader = new BatchLoader(set, shape, 11, 5)) {
            assertThat(loader.next().lr()).containsExactly(fifth);
        }
    }
}
