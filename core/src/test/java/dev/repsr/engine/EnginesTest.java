package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.image.PictureFormat;
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
        assertThat(choose("auto", "--add-modules", "jdk.incubator.vector"))
                .contains("engine=auto", "small=direct", "large=winograd");
        assertThat(choose("winograd", "--add-modules", "jdk.incubator.vector"))
                .contains("engine=winograd", "small=winograd");
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
        assertThat(choose("winograd")).contains("refused=", "--add-modules jdk.incubator.vector");
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
                .hasMessageContaining("auto, winograd, direct, scalar");
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
            PreparedNetwork network = engine.prepare(Networks.random(1, 8, 2, 1));
            PictureFormat format = new PictureFormat(5, 3, 3, 8);
            ArrayRows.readAll(new EnlargedRows(network, new ArrayRows(format, new float[45]), 1, Long.MAX_VALUE));
            System.out.println("engine=" + engine.name());
            System.out.println("small=" + network.forPicture(5, 3).engine());
            System.out.println("large=" + network.forPicture(20_000, 20_000).engine());
        }
    }
}
