package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("dev.repsr.app.StartedProgram#isPossible")
class DistributionIT {
    private static final int HANG_GUARD_SECONDS = 300;
    private static final int SIDE = 24;
    private static final int WHITE = 0xffffffff;
    private static final int BLACK = 0xff000000;

    @TempDir
    static Path folder;

    private static Path home;
    private static Path script;

    @BeforeAll
    static void unzip() throws IOException, InterruptedException {
        Path place = Files.createDirectory(folder.resolve("Zwei Möwen im Hof"));
        try (ZipFile zip = new ZipFile(packagedZip().toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                extract(zip, entries.nextElement(), place);
            }
        }
        try (Stream<Path> inside = Files.list(place)) {
            home = inside.findFirst().orElseThrow();
        }
        script = home.resolve("bin").resolve("repsr");
        // The zip's own modes are not known to ZipFile; unzip sets them.
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        prepareQuickStart();
    }

    private static Path cache() {
        return home.resolve("lib").resolve("repsr.aot");
    }

    /** By the first picture, whose result nobody has to wait longer for. */
    private static void prepareQuickStart() throws IOException, InterruptedException {
        enlarge("erstes.png");
        Path mark = home.resolve("lib/.preparing");
        for (int waited = 0; Files.exists(mark) && waited < HANG_GUARD_SECONDS; waited++) {
            Thread.sleep(1000);
        }
        assertThat(cache()).isNotEmptyFile();
        assertThat(mark).doesNotExist();
    }

    @Test
    void unzippedProgramEnlargesAPicture() throws IOException, InterruptedException {
        enlarge("größer.png");
    }

    @Test
    void unzippedProgramTakesAModelFile() throws IOException, InterruptedException {
        Path model = TestModels.writeNearest(folder, 2);
        BufferedImage enlarged = enlarge("nächste Nachbarn.png", "-m", model.toString());
        // The white pixel becomes four, the rest stays black.
        assertThat(enlarged.getRGB(SIDE, SIDE)).isEqualTo(WHITE);
        assertThat(enlarged.getRGB(SIDE + 1, SIDE + 1)).isEqualTo(WHITE);
        assertThat(enlarged.getRGB(SIDE - 1, SIDE)).isEqualTo(BLACK);
        assertThat(enlarged.getRGB(SIDE + 2, SIDE)).isEqualTo(BLACK);
    }

    private static BufferedImage enlarge(String output, String... options) throws IOException, InterruptedException {
        Path picture = folder.resolve("Große Möwe.png");
        BufferedImage drawn = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        drawn.setRGB(SIDE / 2, SIDE / 2, WHITE);
        assertThat(ImageIO.write(drawn, "png", picture.toFile())).isTrue();
        List<String> arguments = new ArrayList<>(List.of("upscale", "Große Möwe.png", "-o", output, "-s", "2"));
        arguments.addAll(List.of(options));
        StartedProgram run = StartedProgram.run(script, folder, arguments.toArray(String[]::new));
        assertThat(run.err()).doesNotContain("WARNING");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains(output);
        BufferedImage enlarged = ImageIO.read(folder.resolve(output).toFile());
        assertThat(enlarged.getWidth()).isEqualTo(2 * SIDE);
        assertThat(enlarged.getHeight()).isEqualTo(2 * SIDE);
        return enlarged;
    }

    /** The factor is that of a busy machine: alone on it, the two differ by less than a half. */
    @Test
    void theSecondsOfADryRunAreThoseOfTheRun() throws IOException, InterruptedException {
        TestPictures.writePng(folder, "wide.png", 1200, 900);
        String[] verb = {"upscale", "wide.png", "-s", "4", "--threads", "1", "--json", "-o"};
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            String[] real = Stream.concat(Stream.of(verb), Stream.of("wide-" + round + ".png"))
                    .toArray(String[]::new);
            String[] dry =
                    Stream.concat(Stream.of(real), Stream.of("--dry-run")).toArray(String[]::new);
            StartedProgram plan = StartedProgram.run(script, folder, dry);
            assertThat(plan.exitCode()).as(plan.err()).isZero();
            long start = System.nanoTime();
            StartedProgram run = StartedProgram.run(script, folder, real);
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(run.exitCode()).as(run.err()).isZero();
            Map<?, ?> total =
                    (Map<?, ?>) JsonLines.parse(plan.out().lines().toList().getLast());
            ratios.add(Double.parseDouble(String.valueOf(total.get("seconds"))) / seconds);
        }
        System.getLogger(DistributionIT.class.getName()).log(System.Logger.Level.INFO, "said / took: {0}", ratios);
        ratios.sort(null);
        assertThat(ratios.get(1)).isBetween(0.25, 4.0);
    }

    @Test
    void classesPreparedByTheFirstPictureAreUsedAndNeverInTheWay() throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        StartedProgram.withJavaOptions("-Xlog:class+load:file=" + log, script, folder, "models");
        assertThat(log)
                .content(StandardCharsets.UTF_8)
                .containsPattern("dev\\.repsr\\.app\\.Main source: shared objects file");
        StartedProgram expected = StartedProgram.run(script, folder, "models");
        assertThat(expected.err()).isEmpty();

        Path kept = Files.move(cache(), folder.resolve("kept.aot"));
        try {
            Files.writeString(cache(), "no cache", StandardCharsets.UTF_8);
            assertThat(StartedProgram.run(script, folder, "models")).isEqualTo(expected);
            Files.delete(cache());
            assertThat(StartedProgram.run(script, folder, "models")).isEqualTo(expected);
            assertThat(cache()).as("prepared by pictures alone").doesNotExist();
        } finally {
            Files.move(kept, cache(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void folderThatCannotBeWrittenToIsLeftAlone() throws IOException, InterruptedException {
        // root may write everywhere: a mark of another's preparation stands for what is not writable.
        Path kept = Files.move(cache(), folder.resolve("left.aot"));
        Path mark = Files.createDirectory(home.resolve("lib/.preparing"));
        try {
            enlarge("ohne.png");
            assertThat(cache()).doesNotExist();
            assertThat(mark).isEmptyDirectory();
        } finally {
            Files.delete(mark);
            Files.move(kept, cache());
        }
    }

    @Test
    void everythingThatTheReadmeOfTheZipPointsToIsThere() throws IOException {
        String text = Files.readString(home.resolve("README.md"), StandardCharsets.UTF_8);
        List<String> links = Pattern.compile("\\]\\(([^):]+)\\)")
                .matcher(text)
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();
        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(home.resolve(link)).exists());
        assertThat(text).doesNotContain("./repsr", "mvn");
    }

    @Test
    void unzippedProgramTrains() throws IOException, InterruptedException {
        TestPictures.writePng(Files.createDirectory(folder.resolve("Übung")), "a.png", 48, 48);
        Files.writeString(folder.resolve("klein.yaml"), """
                name: klein
                scale: 2
                output: Lauf
                network: {body: 1, channels: 4}
                data: {train: [Übung], patch: 8, batch: 2}
                optimiser: {iterations: 6, warmup: 1}
                bn: {reestimate_batches: 2}
                """);
        StartedProgram run = StartedProgram.run(script, folder, "train", "klein.yaml");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("computed by the Java engine").doesNotContain("WARNING");
        assertThat(folder.resolve("Lauf/klein.safetensors")).exists();
    }

    @Test
    void trainingSaysInOneLineWhatIsMissing() throws IOException, InterruptedException {
        StartedProgram missing = StartedProgram.run(script, folder, "train", "any.yaml");
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.err().lines())
                .singleElement()
                .asString()
                .contains("any.yaml: there is no such configuration file");

        Files.writeString(folder.resolve("torch.yaml"), "name: a\nscale: 2\nengine: torch\ndata: {train: [p]}\n");
        StartedProgram torch = StartedProgram.run(script, folder, "train", "torch.yaml");
        assertThat(torch.exitCode()).isEqualTo(2);
        assertThat(torch.err().lines()).singleElement().asString().contains("mvn package -Ptorch");

        StartedProgram fetch = StartedProgram.run(script, folder, "--with-libtorch");
        assertThat(fetch.exitCode()).isEqualTo(1);
        assertThat(fetch.err().lines()).singleElement().asString().contains("mvn package -Ptorch");
    }

    @Test
    void wrongUsageKeepsItsExitCodeThroughTheScript() throws IOException, InterruptedException {
        assertThat(StartedProgram.run(script, folder, "upscale", "--no-such-option")
                        .exitCode())
                .isEqualTo(2);
    }

    /** Name, licence and place of the text; what is within a jar is set in. */
    private static final Pattern LICENCE_LINE =
            Pattern.compile("( *)(\\S.*?) {2,}(Apache-2.0|MIT|BSD-3-Clause) {2,}(\\S+)");

    private static final Map<String, String> LICENCE_WORDS = Map.of(
            "Apache-2.0", "Apache License",
            "MIT", "Permission is hereby granted",
            "BSD-3-Clause", "Redistributions in binary form must reproduce");

    @Test
    void everyBundledJarAndNativeLibraryIsListedWithTheTextOfItsLicence() throws IOException {
        Map<String, Boolean> listed = new TreeMap<>();
        String jar = "";
        Path licences = home.resolve("licences");
        for (String line : Files.readAllLines(licences.resolve("README.txt"), StandardCharsets.UTF_8)) {
            Matcher found = LICENCE_LINE.matcher(line);
            if (found.matches()) {
                jar = found.group(1).isEmpty() ? found.group(2) : jar;
                listed.merge(jar, found.group(2).startsWith("native: "), Boolean::logicalOr);
                assertThat(licences.resolve(found.group(4)))
                        .content(StandardCharsets.UTF_8)
                        .as(line)
                        .contains(LICENCE_WORDS.get(found.group(3)));
            }
        }

        Map<String, Boolean> bundled = new TreeMap<>();
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            for (Path file : jars.filter(file -> !file.equals(cache())).toList()) {
                String name = file.getFileName().toString().replaceFirst("-[0-9][^-]*\\.jar$", "");
                try (ZipFile zip = new ZipFile(file.toFile())) {
                    bundled.put(
                            name,
                            zip.stream().anyMatch(entry -> entry.getName().matches(".*\\.(so|dll|dylib|jnilib)")));
                }
            }
        }
        assertThat(listed).isEqualTo(bundled);
    }

    @Test
    void zipHoldsTheTrainerWithoutLibtorch() throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
            assertThat(names)
                    .anyMatch(name -> name.startsWith("repsr-core"))
                    .anyMatch(name -> name.startsWith("repsr-train"))
                    .noneMatch(name -> name.matches(".*(pytorch|openblas|javacpp|onnx|junit).*"));
        }
        assertThat(home.resolve("LICENSE")).exists();
        assertThat(home.resolve("NOTICE")).exists();
        assertThat(home.resolve("bin").resolve("repsr.cmd")).exists();
    }

    private static Path packagedZip() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(file -> file.getFileName().toString().matches("repsr-[0-9.]+\\.zip"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void extract(ZipFile zip, ZipEntry entry, Path place) throws IOException {
        Path target = place.resolve(entry.getName()).normalize();
        assertThat(target).startsWithRaw(place);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        try (InputStream bytes = zip.getInputStream(entry)) {
            Files.copy(bytes, target);
        }
    }
}
