package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.image.DecodedPicture;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComicUpscaleTest {
    private static final byte[] INFO = "<ComicInfo/>".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private Path model = Path.of("");
    private final Map<String, byte[]> pages = new LinkedHashMap<>();

    @BeforeEach
    void makePages() throws IOException {
        model = TestModels.writeNearest(folder, 2);
        pages.put("2/page 10.jpg", TestPictures.encode(TestPictures.scene(30, 40), ImageType.JPEG));
        pages.put("ComicInfo.xml", INFO);
        pages.put("1.png", TestPictures.encode(TestPictures.noise(10, 12, 1, 8, 1), ImageType.PNG));
    }

    @Test
    void pagesKeepTheirPlaceNameAndFormat() throws IOException {
        Run run = Run.of("upscale", comic("comic.cbz"), "-m", model);

        assertThat(run.code()).as(run.err()).isZero();
        Map<String, byte[]> written = read(folder.resolve("comic_x2.cbz"));
        assertThat(new ArrayList<>(written.keySet())).containsExactly("2/page 10.jpg", "ComicInfo.xml", "1.png");
        assertThat(written.get("ComicInfo.xml")).isEqualTo(INFO);
        assertThat(picture(written.get("2/page 10.jpg")).type()).isEqualTo(ImageType.JPEG);
        assertThat(picture(written.get("2/page 10.jpg")).picture().width()).isEqualTo(60);
        assertThat(picture(written.get("1.png")).picture().format().channels()).isEqualTo(1);
        assertThat(run.outText()).contains("2 pages");
    }

    @Test
    void formatAndNameMayBeChosen() throws IOException {
        Path output = folder.resolve("other.cbz");

        assertThat(Run.of("upscale", comic("comic.cbz"), "-m", model, "-f", "jpg", "-o", output)
                        .code())
                .isZero();

        assertThat(read(output).keySet()).containsExactly("2/page 10.jpg", "ComicInfo.xml", "1.jpg");
        assertThat(Run.of("upscale", comic("comic.cbz"), "-m", model, "-o", output)
                        .code())
                .as("exists already")
                .isEqualTo(3);
    }

    @Test
    void damagedPageStaysAsItWasAndIsListed() throws IOException {
        byte[] half = Files.readAllBytes(TestPictures.writeTruncated(folder, "half.png"));
        pages.put("3.png", half);

        Run run = Run.of("upscale", comic("comic.cbz"), "-m", model);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("3.png").contains("left as it was");
        assertThat(read(folder.resolve("comic_x2.cbz")).get("3.png")).isEqualTo(half);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out.png", "/tmp/out.png", "a/../../out.png", "..\\out.png", "C:\\out.png"})
    void archiveWithNamesThatLeadOutsideIsRefused(String name) throws IOException {
        pages.put(name, INFO);

        Run run = Run.of("upscale", comic("comic.cbz"), "-m", model);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).hasLineCount(1).contains("points outside");
        assertThat(folder.resolve("comic_x2.cbz")).doesNotExist();
    }

    @Test
    void whatIsNoArchiveIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.cbz"), "no zip");

        Run run = Run.of("upscale", text, folder.resolve("missing.cbz"), "-m", model, "-o", folder.resolve("out"));

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("2 of 2 inputs").contains("text.cbz").contains("missing.cbz");
    }

    @Test
    void comicInAFolderIsEnlargedOnce() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Files.move(comic("comic.cbz"), in.resolve("comic.cbz"));
        Path out = folder.resolve("out");

        Run first = Run.of("upscale", in, "-m", model, "-o", out);
        Run second = Run.of("upscale", in, "-m", model, "-o", out, "--json");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(out.resolve("comic_x2.cbz")).exists();
        assertThat(second.outText()).contains("\"resumed\":true");
    }

    @Test
    void nameThatOnlyLooksLikeADriveIsAPage() throws IOException {
        pages.put("X: one.png", picture());

        Run run = Run.of("upscale", comic("comic.cbz"), "-m", model);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(read(folder.resolve("comic_x2.cbz"))).containsKey("X: one.png");
    }

    @Test
    void whatAMacPutsBesideThePagesIsNoPage() throws IOException {
        byte[] fork = {0, 5, 22, 7};
        pages.put("__MACOSX/2/._page 10.jpg", fork);
        pages.put("2/._page 11.jpg", fork);

        Run run = Run.of("upscale", comic("comic.cbz"), "-m", model);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.outText()).contains("2 pages");
        assertThat(read(folder.resolve("comic_x2.cbz")).get("2/._page 11.jpg")).isEqualTo(fork);
    }

    /** Code page 437, Shift-JIS with a backslash in it, and a name in UTF-8 without the flag for it. */
    @ParameterizedTest
    @ValueSource(strings = {"p\u0082ge.jpg", "\u0095\\\u008e\u0086.jpg", "\u00c3\u00a4.jpg"})
    void namesKeepTheirBytesWhateverTheirEncoding(String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        String ascii = "Q".repeat(bytes.length - 4) + ".jpg";
        pages.put(ascii, TestPictures.encode(TestPictures.scene(20, 20), ImageType.JPEG));
        Path comic = comic("comic.cbz", "", StandardCharsets.ISO_8859_1);
        String stored = Files.readString(comic, StandardCharsets.ISO_8859_1);
        Files.writeString(comic, stored.replace(ascii, name), StandardCharsets.ISO_8859_1);

        Run run = Run.of("upscale", comic, "-m", model);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.outText()).contains("3 pages");
        assertThat(folder.resolve("comic_x2.cbz"))
                .content(StandardCharsets.ISO_8859_1)
                .contains(name)
                .doesNotContain(ascii);
    }

    @Test
    void commentOfTheArchiveIsKept() throws IOException {
        Path comic = comic("comic.cbz", "{\"ComicBookInfo/1.0\": {\"series\": \"M\u00f6we\"}}", StandardCharsets.UTF_8);

        assertThat(Run.of("upscale", comic, "-m", model).code()).isZero();

        try (ZipFile before = new ZipFile(comic.toFile());
                ZipFile after = new ZipFile(folder.resolve("comic_x2.cbz").toFile())) {
            assertThat(after.getComment()).isEqualTo(before.getComment()).contains("M\u00f6we");
        }
    }

    @Test
    void pageWithAWrongChecksumStaysAsItWas() throws IOException {
        Path comic = comic("comic.cbz");
        byte[] bytes = Files.readAllBytes(comic);
        int directory = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("PK\u0001\u0002");
        bytes[directory + 16] ^= 1;
        Files.write(comic, bytes);

        Run run = Run.of("upscale", comic, "-m", model);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("1.png").contains("checksum").contains("left as it was");
        assertThat(read(folder.resolve("comic_x2.cbz")).get("1.png")).isEqualTo(pages.get("1.png"));
    }

    /** Each of them once ran for minutes: many times the same bytes, a high ratio, a large sum, a size that is a lie. */
    @ParameterizedTest
    @EnumSource(ComicBombs.class)
    void bombIsRefusedBeforeAnythingIsUnpacked(ComicBombs bomb) throws IOException {
        Path comic = Files.write(folder.resolve("comic.cbz"), bomb.bytes());

        Run run = Run.of("upscale", comic, "-m", model);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).hasLineCount(1).contains("comic.cbz").contains(bomb.sentence());
        assertThat(folder.resolve("comic_x2.cbz")).doesNotExist();
        assertThat(bomb.bytes().length).isLessThan(3_000_000);
    }

    private static byte[] picture() throws IOException {
        return TestPictures.encode(TestPictures.noise(10, 12, 1, 8, 1), ImageType.PNG);
    }

    private Path comic(String name) throws IOException {
        return comic(name, "", StandardCharsets.UTF_8);
    }

    private Path comic(String name, String comment, Charset names) throws IOException {
        Path file = folder.resolve(name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, names)) {
            zip.setComment(comment);
            for (Map.Entry<String, byte[]> page : pages.entrySet()) {
                zip.putNextEntry(new ZipEntry(page.getKey()));
                zip.write(page.getValue());
            }
        }
        return Files.write(file, bytes.toByteArray());
    }

    private static Map<String, byte[]> read(Path comic) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(comic))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static DecodedPicture picture(byte @Nullable [] bytes) throws IOException {
        return ImageReader.read(
                new ByteArrayInputStream(Objects.requireNonNull(bytes)), "page", ImageLimits.defaults());
    }
}
