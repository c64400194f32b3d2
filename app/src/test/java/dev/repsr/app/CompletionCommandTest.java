package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {
    @TempDir
    private Path folder;

    private Path script(String shell) throws IOException {
        Run run = Run.of("completion", shell);
        assertThat(run.code()).as(run.err()).isZero();
        return Files.write(folder.resolve("script"), run.out());
    }

    /** What a shell says, line by line. */
    private static List<String> said(String shell, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(shell));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.inputReader(StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return abort(shell + " is not installed");
        }
    }

    private List<String> bash(String words) throws IOException {
        int last = words.split(" ").length - 1;
        return said(
                "bash",
                "--norc",
                "-c",
                "source '" + script("bash") + "'; COMP_WORDS=(" + words + "); COMP_CWORD=" + last
                        + "; _complete_repsr 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

    private List<String> fish(String words) throws IOException {
        return said("fish", "--no-config", "-c", "source '" + script("fish") + "'; complete -C '" + words + "'")
                .stream()
                .map(line -> line.split("\t", 2)[0])
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "mer, merge",
        "upscale --overw, --overwrite",
        "upscale -m pho, photo",
        "evaluate --model repsr-m4c16-x3, repsr-m4c16-x3",
        "upscale --engine win, winograd",
        "models in, info",
        "study blo, blocks",
        "bench train --ne, --nets"
    })
    void bashAndFishComplete(String begun, String expected) throws IOException {
        assertThat(bash("repsr " + begun)).containsExactly(expected);
        assertThat(fish("repsr " + begun)).containsExactly(expected);
    }

    @Test
    void fishOffersWhatBelongsToAVerbAlone() throws IOException {
        assertThat(fish("repsr ")).contains("upscale", "models", "bench").doesNotContain("info", "blocks");
        assertThat(fish("repsr models ")).contains("info").doesNotContain("upscale");
        assertThat(fish("repsr bench train --")).contains("--nets").doesNotContain("--model", "--set");
        assertThat(fish("repsr train --")).contains("--set").doesNotContain("--nets");
    }

    @Test
    void whatZshGetsPreparesIt() throws IOException {
        Path script = script("zsh");
        assertThat(script).content().contains("bashcompinit");
        assertThat(said("zsh", "-n", script.toString())).isEmpty();
    }

    @Test
    void otherShellsAreRefused() {
        Run run = Run.of("completion", "tcsh");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("'tcsh'; bash, zsh, fish are allowed");
        assertThat(Run.of("completion").code()).isEqualTo(2);
    }
}
