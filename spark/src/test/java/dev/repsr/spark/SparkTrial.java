package dev.repsr.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import dev.repsr.Upscaler;
import dev.repsr.app.Console;
import dev.repsr.image.ImageType;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Jobs for tests, here and in processes of their own, and what they have to give. */
final class SparkTrial {
    private SparkTrial() {}

    /** What a job said and how it ended. */
    record Run(int exitCode, String out, String err) {}

    /** Runs a job in this JVM. */
    static Run here(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = SparkMain.run(
                words,
                Console.to(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A job in a process of its own, which writes what it says to a file. */
    static ProcessBuilder process(File log, List<String> options, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        StringTokenizer flags = new StringTokenizer(System.getProperty("spark.jvmArgs", ""));
        while (flags.hasMoreTokens()) {
            command.add(flags.nextToken());
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), SparkMain.class.getName()));
        command.addAll(Arrays.asList(words));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Writes small pictures of different sizes, no two alike. */
    static void writePictures(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            byte[] png = TestPictures.encode(
                    TestPictures.noise(24 + i % 17, 20 + i % 11, i % 5 == 0 ? 1 : 3, 8, i), ImageType.PNG);
            Files.write(folder.resolve("p" + i + ".png"), png);
        }
    }

    /** What one machine makes of a folder, by the names of a job's outputs. */
    static Map<String, byte[]> expected(Upscaler upscaler, Path folder) throws IOException {
        Map<String, byte[]> expected = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                String output = name.substring(0, name.lastIndexOf('.')) + "_x"
                        + upscaler.model().network().scale() + ".png";
                expected.put(output, upscaler.upscale(file).toBytes(ImageType.PNG));
            }
        }
        return expected;
    }

    /** Files under final names in a folder. */
    static List<Path> outputs(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Every file under a final name is whole and equal to the bit. */
    static void assertEqualToTheBit(Path folder, Map<String, byte[]> expected) throws IOException {
        for (Path file : outputs(folder)) {
            String name = file.getFileName().toString();
            assertThat(expected).containsKey(name);
            assertThat(Files.readAllBytes(file)).as(name).isEqualTo(expected.get(name));
        }
    }
}
