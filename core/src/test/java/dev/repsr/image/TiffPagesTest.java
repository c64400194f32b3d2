package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repsr.image.TiffFiles.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which page is the picture, and what has none. */
class TiffPagesTest {
    private static final Page PREVIEW = Page.of(16, 12, 1, 90);
    private static final Page MASK = Page.of(64, 48, 4, 255);
    private static final Page FULL = Page.of(64, 48, 0, 200);

    @TempDir
    private Path folder;

    @Test
    void pageThatIsASmallerCopyOrAMaskIsNotThePicture() throws ImageRefused {
        for (List<Page> pages : List.of(
                List.of(PREVIEW, FULL),
                List.of(MASK, FULL),
                List.of(FULL, PREVIEW),
                List.of(PREVIEW, MASK, FULL, MASK))) {
            DecodedPicture decoded = read(pages);

            assertThat(decoded.picture().format()).isEqualTo(new PictureFormat(64, 48, 1, 8));
            assertThat(decoded.picture().sample(5, 5, 0)).isEqualTo(200);
            assertThat(decoded.warnings()).as("nothing is lost").isEmpty();
        }
    }

    @Test
    void pictureMayBeAPageOfThePreview() throws ImageRefused {
        DecodedPicture decoded = read(List.of(PREVIEW, new Page(64, 48, 0, 1, true, 200)));

        assertThat(decoded.picture().width()).isEqualTo(64);
    }

    @Test
    void ofSeveralPicturesTheFirstIsReadWithAWarning() throws ImageRefused {
        DecodedPicture decoded = read(List.of(PREVIEW, Page.of(30, 20, 0, 50), FULL));

        assertThat(decoded.picture().width()).isEqualTo(30);
        assertThat(decoded.warnings()).singleElement().asString().contains("several pages");
    }

    @Test
    void whereAllPagesAreCopiesTheFirstIsThePicture() throws ImageRefused {
        assertThat(read(List.of(PREVIEW, PREVIEW)).picture().width()).isEqualTo(16);
    }

    @Test
    void brokenPageBehindThePictureDoesNotMatter() throws ImageRefused {
        byte[] whole = TiffFiles.file(false, FULL, PREVIEW);
        byte[] cut = Arrays.copyOf(whole, whole.length - 16 * 12 - 40);

        assertThat(ImageReaderTest.read(cut).picture().width()).isEqualTo(64);
    }

    @Test
    void rawPhotographIsRefusedThoughItHasAPreview() throws IOException {
        for (byte[] raw : List.of(TiffFiles.dng(), TiffFiles.mosaic(), TiffFiles.canon())) {
            assertRefused(raw);
            assertThat(RawPhotograph.isOne(Files.write(folder.resolve("raw.tif"), raw)))
                    .isTrue();
        }
        Path ordinary = Files.write(folder.resolve("a.tif"), TiffFiles.file(false, PREVIEW, FULL));
        assertThat(RawPhotograph.isOne(ordinary)).isFalse();
        assertThat(RawPhotograph.isOne(folder.resolve("none"))).isFalse();
    }

    /** Fujifilm, Olympus, Panasonic, Canon's newer ones. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FUJIFILMCCD-RAW 0201",
                "IIRO\u0008\0\0\0",
                "IIU\0\u0018\0\0\0",
                "\0\0\0\u0018ftypcrx \0\0\0\1crx isom"
            })
    void rawPhotographThatIsNoTiffIsRefusedInTheSameWords(String begins) throws IOException {
        byte[] raw = Arrays.copyOf(begins.getBytes(StandardCharsets.ISO_8859_1), 1_000);

        assertRefused(raw);
        assertThat(RawPhotograph.isOne(Files.write(folder.resolve("raw"), raw))).isTrue();
    }

    private static void assertRefused(byte[] raw) {
        ImageRefused refused = catchThrowableOfType(ImageRefused.class, () -> ImageReaderTest.read(raw));
        assertThat(refused.reason()).isEqualTo(ImageRefused.Reason.UNSUPPORTED);
        assertThat(refused).hasMessageContaining("raw photograph").hasMessageContaining("develop it first");
    }

    private static DecodedPicture read(List<Page> pages) throws ImageRefused {
        return ImageReaderTest.read(TiffFiles.file(false, pages.toArray(Page[]::new)));
    }
}
