package dev.repsr.app.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.Models;
import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.UpscaleOptions;
import dev.repsr.UpscaleResult;
import dev.repsr.Upscaler;
import dev.repsr.image.ImageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRunTest {
    private static final int LONG = 20_000;

    @TempDir
    private Path folder;

    /** The long picture is the one that is waited for first. */
    @Test
    void errorInOnePictureEndsTheOthersAtOnce() throws IOException {
        UpscaleOptions options = UpscaleOptions.defaults().withThreads(2).withEngine("scalar");
        Upscaler upscaler =
                Upscaler.of(Models.open(TestModels.writeNearest(folder, 4).toString()), options);
        FolderTask large = task("large.png", LONG);
        FolderTask small = task("small.png", 8);

        assertThatThrownBy(() -> new FolderRun(upscaler, new Failing()).run(List.of(large, small), null))
                .isInstanceOf(AssertionError.class)
                .hasMessage("planted");

        assertThat(large.output()).doesNotExist();
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    private FolderTask task(String name, int height) throws IOException {
        Path input = TestPictures.writePng(folder, name, 500, height);
        return new FolderTask(input, name, folder.resolve("x4_" + name), ImageType.PNG, Files.size(input));
    }

    private static final class Failing implements FolderListener {
        @Override
        public void working(FolderTask task, double share) {
            // The test looks at the end alone.
        }

        @Override
        public void enlarged(FolderTask task, UpscaleResult result) {
            throw new AssertionError("planted");
        }

        @Override
        public void comic(FolderTask task, ComicResult result) {
            throw new IllegalStateException("there is no comic");
        }

        @Override
        public void resumed(FolderTask task) {
            throw new IllegalStateException("there was no earlier run");
        }

        @Override
        public void failed(FolderTask task, Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
