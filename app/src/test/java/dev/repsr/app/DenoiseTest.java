package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.ModelFolders;
import dev.repsr.Models;
import dev.repsr.ShortName;
import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenoiseTest {
    @TempDir
    private Path folder;

    private Path mild = Path.of("");
    private Path strong = Path.of("");
    private Path photo = Path.of("");

    @BeforeEach
    void writePair() throws IOException {
        Path models = Files.createDirectory(folder.resolve("models"));
        System.setProperty(ModelFolders.HOME, folder.toString());
        Path a = folder.resolve("a.safetensors");
        Path b = folder.resolve("b.safetensors");
        TestModels.write(TestModels.random(2, 1), a);
        TestModels.write(TestModels.random(2, 2), b);
        mild = models.resolve("mild.safetensors");
        strong = models.resolve("strong.pth");
        assertThat(Run.of("convert", a, mild, "--stronger", "strong").code()).isZero();
        assertThat(Run.of("convert", b, strong, "--milder", "mild").code()).isZero();
        photo = TestPictures.writeScene(folder, "photo.png", 24, 16);
    }

    @AfterEach
    void theProgramLiesNowhere() {
        System.clearProperty(ModelFolders.HOME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.3", "1"})
    void strengthRunsTheMixWhicheverOfThePairIsNamed(String strength) throws IOException {
        Path mix = folder.resolve("mix.safetensors");
        assertThat(Run.of("mix", mild, strong, strength, "-o", mix).code()).isZero();

        byte[] expected = enlarged(mix);

        assertThat(enlarged(mild, "--denoise", strength)).isEqualTo(expected);
        assertThat(enlarged(strong, "--denoise", strength)).isEqualTo(expected);
        assertThat(enlarged("mild", "--denoise", strength)).isEqualTo(expected);
        assertThat(enlarged(strength.equals("0") ? strong : mild)).isNotEqualTo(expected);
    }

    private byte[] enlarged(Object model, Object... more) throws IOException {
        Path out = folder.resolve("out.png");
        Object[] arguments = {"upscale", photo, "-m", model, "-o", out, "--overwrite", "--self-check", "off"};
        Object[] all =
                Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray();
        Run run = Run.of(all);
        assertThat(run.code()).as(run.err()).isZero();
        return Files.readAllBytes(out);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void networksForPhotographsAreAPairWithTheCleanOnes(int scale) throws IOException {
        String clean = Models.best(ShortName.CLEAN, scale).name();
        String photos = Models.best(ShortName.PHOTO, scale).name();

        assertThat(enlarged(photos, "--denoise", "0")).isEqualTo(enlarged(clean));
        assertThat(enlarged(photos, "--denoise", "1")).isEqualTo(enlarged(photos));
        assertThat(enlarged(photos, "--denoise", "0.5")).isNotIn(enlarged(clean), enlarged(photos));
        Run withoutModel = Run.of("upscale", photo, "-s", String.valueOf(scale), "--denoise", "0.5");
        assertThat(withoutModel.outText()).as(withoutModel.err()).contains(photos + "-denoise-0.5");
    }

    /** No mix there: the clean one of scale 1 would be nothing at all. */
    @Test
    void photographsAreCleanedWithoutBeingEnlarged() throws IOException {
        String cleaner = Models.best(ShortName.PHOTO, 1).name();

        assertThat(enlarged("photo", "-s", "1")).isEqualTo(enlarged(cleaner)).isNotEqualTo(Files.readAllBytes(photo));
        assertThat(Run.of("upscale", photo, "-m", "photo", "-s", "1", "--overwrite", "--dry-run")
                        .outText())
                .contains(cleaner);
        Run halfWay =
                Run.of("upscale", photo, "-m", "photo", "--denoise", "0.5", "-s", "1", "-o", folder.resolve("o.png"));
        assertThat(halfWay.code()).as(halfWay.err()).isZero();
        assertThat(halfWay.outText()).doesNotContain(cleaner);
    }

    @Test
    void modelWithoutAPartnerIsWrongUsage() {
        Run run = Run.of("upscale", photo, "-m", "repsr-m4c16-x4", "--denoise", "0.5");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("how much noise repsr-m4c16-x4 removes cannot be chosen");
    }

    @Test
    void partnerThatIsNotThereOrLeadsOutOfTheFolderIsSaid() throws IOException {
        Path astray = folder.resolve("models/astray.safetensors");
        assertThat(Run.of("convert", mild, astray, "--stronger", "../b").code()).isZero();
        Files.delete(strong);

        Run gone = Run.of("upscale", photo, "-m", mild, "--denoise", "0.5");
        Run outside = Run.of("upscale", photo, "-m", astray, "--denoise", "0.5");

        assertThat(gone.code()).isEqualTo(2);
        assertThat(gone.err()).hasLineCount(1).contains("the other, 'strong', is neither beside it");
        assertThat(outside.code()).isEqualTo(2);
        assertThat(outside.err()).hasLineCount(1).contains("the other, '../b', is neither beside it");
    }

    @Test
    void partnerOfAnotherShapeIsRefused() throws IOException {
        Files.delete(strong);
        TestModels.write(TestModels.random(3, 1), strong.resolveSibling("strong.safetensors"));

        Run run = Run.of("upscale", photo, "-m", mild, "--denoise", "0.5");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).hasLineCount(1).contains("only models of one shape can be mixed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.01", "-1", "much"})
    void strengthOutOfRangeIsWrongUsage(String strength) {
        assertThat(Run.of("upscale", photo, "-m", mild, "--denoise", strength).code())
                .isEqualTo(2);
    }

    @Test
    void ncnnHasNoPlaceForAPartner() {
        Run run = Run.of("convert", mild, folder.resolve("2x-mild.param"), "--stronger", "strong");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("no place");
    }
}
