package dev.repsr;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The optional data folder, {@code ../shared/data} beside the repository. */
public final class TestData {
    private static final Path FOLDER = Path.of("shared", "data");

    private TestData() {}

    /** The file or folder {@code relative} in the data folder; where that is missing, the test is skipped and says so. */
    public static Path require(String relative) {
        Path start = Path.of("").toAbsolutePath();
        for (Path parent = start; parent != null; parent = parent.getParent()) {
            Path file = parent.resolve(FOLDER).resolve(relative);
            if (Files.exists(file)) {
                return file;
            }
        }
        return Assumptions.abort("data folder " + FOLDER + " with " + relative + " is not there above " + start);
    }
}
