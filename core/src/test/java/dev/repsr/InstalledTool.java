package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.io.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of others that a test compares with, where it is installed. */
public final class InstalledTool {
    private final Path program;
    private final Path folder;

    private InstalledTool(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * The program, or the test is skipped with a sentence that names the package.
     *
     * @param name of the program
     * @param packaged Debian's package that brings it
     * @param folder for what it says
     */
    public static InstalledTool require(String name, String packaged, Path folder) {
        Optional<Path> found = SearchPath.ofShell().find(name);
        Assumptions.assumeTrue(
                found.isPresent(),
                name + " is not installed (Debian: " + packaged + "), so nothing is compared with it");
        return new InstalledTool(found.orElseThrow(), folder);
    }

    /** What the program prints; a failure of it fails the test. */
    public byte[] run(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path said = folder.resolve("said");
        Path complained = folder.resolve("complained");
        Process process = new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectError(complained.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", command, Files.readString(complained))
                .isZero();
        return Files.readAllBytes(said);
    }
}
