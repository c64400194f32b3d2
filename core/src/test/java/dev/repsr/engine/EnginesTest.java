package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Choices that depend on how the JVM was started are made in JVMs of their own. */
class EnginesTest {

    @Test
    void takesTheVectorEngineWhereTheApiIsThere() throws Exception {
        assertThat(choose("auto", "--add-modules", "jdk.incubator.vector")).contains("engine=direct");
        assertThat(choose("direct", "--add-modules", "jdk.incubator.vector")).contains("engine=direct");
        assertThat(choose("scalar", "--add-modules", "jdk.incubator.vector")).contains("engine=scalar");
    }

    @Test
    void fallsBackToScalarWithoutTheApiAndSaysHowToGetIt() throws Exception {
        String output = choose("auto");
        assertThat(output).contains("engine=scalar", "WARNING", "--add-modules jdk.incubator.vector");
        assertThat(choose("scalar")).contains("engine=scalar").doesNotContain("WARNING");
    }

    @Test
    void refusesTheVectorEngineWithoutTheApiAndSaysHowToGetIt() throws Exception {
        assertThat(choose("direct")).contains("refused=", "--add-modules jdk.incubator.vector");
    }

    @Test
    void fallsBackToScalarWhereVectorsAreTooShort() throws Exception {
        String architecture = System.getProperty("os.arch", "");
        org.junit.jupiter.api.Assumptions.assumeTrue(architecture.equals("amd64") || architecture.equals("x86_64"));
        String[] short_ = {"--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=16"};
        assertThat(choose("auto", short_)).contains("engine=scalar", "256 bits");
        assertThat(choose("direct", short_)).contains("refused=", "256 bits");
    }

    @Test
    void refusesAnUnknownName() {
        assertThatThrownBy(() -> Engines.choose("fast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fast")
                .hasMessageContaining("auto, direct, scalar");
    }

    private static String choose(String name, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", classPath(), Choice.class.getName(), name));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static String classPath() {
        return location(Engines.class) + System.getProperty("path.separator") + location(Choice.class);
    }

    private static Path location(Class<?> type) {
        return Path.of(java.net.URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    /** Chooses, then runs a small network to see that the classes load. */
    static final class Choice {
        private Choice() {}

        public static void main(String[] arguments) throws IOException {
            Engine engine;
            try {
                engine = Engines.choose(arguments[0]);
            } catch (IllegalArgumentException e) {
                System.out.println("refused=" + e.getMessage());
                return;
            }
            BandWorker worker = engine.prepare(Networks.random(1, 8, 2, 1)).worker(5, 3);
            worker.run((y, target, offset) -> {}, 0, 3, (y, row) -> {});
            System.out.println("engine=" + engine.name());
        }
    }
}
