package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.engine.Engines;
import dev.repsr.image.ImageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class MainTest {

    @ParameterizedTest
    @ValueSource(strings = {"upscale", "models", "evaluate", "train", "study", "doctor", "merge", "bench"})
    void everyVerbHasAHelpTextWithAnExample(String verb) {
        Run run = Run.of(verb, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.outText())
                .contains("Usage: repsr " + verb)
                .contains("Example")
                .contains("  repsr " + verb);
        assertThat(run.outText().lines()).allMatch(line -> line.length() <= 80);
        assertThat(Run.of(verb, "--version").outText()).startsWith("repsr ");
    }

    @Test
    void helpAndVersionOfTheProgramGoToStandardOutput() {
        assertThat(Run.of("--help").outText())
                .contains("upscale", "evaluate", "train", "study", "doctor", "merge", "bench", "models", "Exit codes");
        assertThat(Run.of("--version").outText()).startsWith("repsr ").contains("Java 2");
    }

    @Test
    void versionAsJsonSaysWhatRunsHere() {
        Run run = Run.of("--version", "--json");

        assertThat(run.code()).isZero();
        Map<?, ?> line = (Map<?, ?>) JsonLines.parse(run.outText().strip());
        assertThat(line.get("jdk")).isEqualTo(Runtime.version().toString());
        assertThat(line.get("jdk_vendor")).isEqualTo(System.getProperty("java.vendor"));
        // The tests run with the Vector API, so a processor with vectors has all engines.
        assertThat(line.get("vectors")).isEqualTo(Engines.vectorBits());
        assertThat((List<?>) line.get("engines")).hasSize(Engines.vectorBits() > 0 ? 3 : 1);
        assertThat(line.get("commit")).isEqualTo("unknown");
        assertThat(Run.of("upscale", "--json", "--version").outText()).isEqualTo(run.outText());
    }

    @Test
    void jsonBeforeAVerbIsRefusedInsteadOfIgnored() {
        Run run = Run.of("--json", "models");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("repsr models --json");
    }

    @Test
    void missingVerbIsWrongUsage() {
        Run run = Run.of();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.outText()).isEmpty();
        assertThat(run.err()).hasLineCount(7).contains("repsr photo.jpg").contains("--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo.png", "unnamed", "-s", "photos"})
    void picturesWithoutAVerbAreEnlarged(String first, @TempDir Path folder) throws IOException {
        TestPictures.writePng(folder, "photo.png", 8, 8);
        TestPictures.writePng(folder, "unnamed", 8, 8);
        TestPictures.writePng(Files.createDirectory(folder.resolve("photos")), "a.png", 8, 8);

        Run run = first.equals("-s")
                ? Run.of("-s", "2", folder.resolve("photo.png"))
                : Run.of(folder.resolve(first), "-s", "2");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.outText()).contains("16x16");
    }

    @Test
    void pictureThatIsNotThereIsMissingWithoutAVerbToo() {
        Run run = Run.of("none.jpg");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("There is no file none.jpg");
    }

    @Test
    void pictureThroughPipesNeedsNoVerb() throws IOException {
        Run run = Run.withInput(TestPictures.encode(TestPictures.scene(8, 8), ImageType.PNG), "-");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void helpOfUpscaleHasEveryOptionInAGroup() {
        String help = Run.of("upscale", "--help").outText();

        for (String group : new String[] {"What is written", "Size", "How", "Folders", "Limits", "Messages"}) {
            assertThat(help.lines()).contains(group + ":");
        }
        Stream<String> options = new CommandLine(new UpscaleCommand(Run.console()))
                .getCommandSpec().options().stream().map(OptionSpec::longestName);
        assertThat(options).isNotEmpty().allMatch(option -> help.lines().anyMatch(line -> line.contains(option)));
    }

    @Test
    void misspeltVerbAndOptionAreWrongUsageWithASuggestion() {
        assertThat(Run.of("upscael", "photo.jpg").err()).hasLineCount(1).contains("did you mean upscale?");
        assertThat(Run.of("upscael", "photo.jpg").code()).isEqualTo(2);
        assertThat(Run.of("upscale", "photo.jpg", "--overwrit").err())
                .hasLineCount(1)
                .contains("did you mean --overwrite?")
                .contains("repsr upscale --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "photo.jpg"})
    void unknownVerbIsWrongUsageAndTheVerbsAreNamed(String more) {
        Run run = more.isEmpty() ? Run.of("paint") : Run.of("paint", more);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.outText()).isEmpty();
        assertThat(run.err())
                .hasLineCount(1)
                .contains("there is no verb 'paint'; upscale, video, evaluate, models")
                .contains("are allowed");
    }

    @Test
    void resultThatCannotBeWrittenIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(full, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> false,
                new StopSignal(Thread.currentThread()));

        assertThat(Main.run(new String[] {"models", "--json"}, console)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains("Cannot write to standard output");
    }

    @Test
    void interruptedReadingOrWritingIsAStop() {
        assertThat(Failures.exitCode(new ClosedByInterruptException())).isEqualTo(130);
        assertThat(Failures.sentence(new ClosedByInterruptException(), Set.of()))
                .isEqualTo("stopped");
        assertThat(Failures.exitCode(new InterruptedIOException("measuring was interrupted")))
                .isEqualTo(130);
    }

    @Test
    void argumentTooManyIsNamed() {
        assertThat(Run.of("models", "paint").err()).contains("there is no verb 'paint'; list, info are allowed");
        assertThat(Run.of("bench", "photo.jpg").err()).contains("there is no verb 'photo.jpg'; train is the only one");
        assertThat(Run.of("bench", "train", "photo.jpg").err())
                .hasLineCount(1)
                .contains("'photo.jpg' is an argument too many");
    }

    @Test
    void modelInfoTellsWhatTheTensorsSay(@TempDir Path folder) throws IOException {
        Path model = TestModels.writeNearest(folder, 3);

        Run people = Run.of("models", "info", model);
        Run json = Run.of("models", "info", model, "--json");

        assertThat(people.code()).isZero();
        assertThat(people.outText())
                .contains("name: nearest-x3")
                .contains("size: M1C4")
                .contains("scale: 3");
        assertThat(json.outText())
                .hasLineCount(1)
                .contains("\"architecture\":\"compact\"")
                .contains("\"scale\":3")
                .contains("\"receptive_radius\":3")
                .containsPattern("\"sha256\":\"[0-9a-f]{64}\"");
    }

    @Test
    void modelInfoRefusesWhatIsNoModel(@TempDir Path folder) {
        assertThat(Run.of("models", "info", folder.resolve("none.safetensors")).code())
                .isEqualTo(3);
        assertThat(Run.of("models", "info", "repsr-m4c16-x99").code()).isEqualTo(2);
    }

    @Test
    void listOfModelsIsTheSameWithAndWithoutTheWord() {
        assertThat(Run.of("models", "--json").outText())
                .isEqualTo(Run.of("models", "list", "--json").outText())
                .startsWith("{\"models\":[");
        assertThat(Run.of("models").outText()).startsWith("name");
    }
}
