package dev.repsr.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesDigestTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writePictures() throws IOException {
        write("one/a.png", TestPictures.noise(16, 12, 3, 8, 1));
        write("one/b.png", TestPictures.noise(16, 12, 3, 8, 2));
    }

    private void write(String name, Picture picture) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, TestPictures.encode(picture, ImageType.PNG));
    }

    private String digest(String name) throws IOException {
        return TrainingSet.load(List.of(folder.resolve(name)), 2, 4, warning -> {})
                .digest();
    }

    @Test
    void theSamePicturesInAnotherFolderHaveTheSameDigest() throws IOException {
        write("two/deeper/c.png", TestPictures.noise(16, 12, 3, 8, 1));
        write("two/d.png", TestPictures.noise(16, 12, 3, 8, 2));
        // "d.png" sorts before "deeper", so the order is the other one.
        write("three/c.png", TestPictures.noise(16, 12, 3, 8, 1));
        write("three/d.png", TestPictures.noise(16, 12, 3, 8, 2));

        assertThat(digest("three")).isEqualTo(digest("one")).matches("[0-9a-f]{64}");
        assertThat(digest("two")).isNotEqualTo(digest("one"));
    }

    @Test
    void oneSampleMoreOrOnePictureLessGivesAnotherDigest() throws IOException {
        String before = digest("one");
        byte[] samples = new byte[16 * 12 * 3];
        Picture b = TestPictures.noise(16, 12, 3, 8, 2);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) b.sample(i / 3 % 16, i / 3 / 16, i % 3);
        }
        samples[samples.length - 1]++;
        write("one/b.png", Picture.of(new PictureFormat(16, 12, 3, 8), samples));
        String changed = digest("one");
        Files.delete(folder.resolve("one/b.png"));

        assertThat(changed).isNotEqualTo(before);
        assertThat(digest("one")).isNotEqualTo(before).isNotEqualTo(changed);
    }

    @Test
    void theSameSamplesInAnotherShapeGiveAnotherDigest() throws IOException {
        byte[] samples = new byte[16 * 12 * 3];
        write("wide/a.png", Picture.of(new PictureFormat(16, 12, 3, 8), samples));
        write("high/a.png", Picture.of(new PictureFormat(12, 16, 3, 8), samples));

        assertThat(digest("wide")).isNotEqualTo(digest("high"));
    }
}
