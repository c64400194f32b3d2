package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.image.ImageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of docs/cli.md have the keys that are printed, all of them and no other. */
@Tag("slow")
class JsonKeysTest {
    private static final Path PAGE = Path.of("..", "docs", "cli.md");
    private static final Pattern KEY = Pattern.compile("`([a-z0-9_]+)`");

    /** Compared where a server runs. */
    static final String LISTENING = "serve: listening";

    @TempDir
    private Path folder;

    private Path model = Path.of("");
    private Path pictures = Path.of("");
    private final Map<String, Set<String>> printed = new HashMap<>();

    /** What the page says, by the titles of the tables. */
    static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> tables = new LinkedHashMap<>();
        Set<String> keys = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("### ")) {
                keys = new TreeSet<>();
                tables.put(line.substring(4), keys);
            } else if (line.startsWith("| `")) {
                KEY.matcher(line.split("\\|", -1)[1])
                        .results()
                        .map(match -> match.group(1))
                        .forEach(keys::add);
            }
        }
        return tables;
    }

    @BeforeEach
    void pictures() throws IOException {
        model = TestModels.writeNearest(folder, 2);
        pictures = Files.createDirectory(folder.resolve("pictures"));
        TestPictures.writeScene(pictures, "a.png", 48, 48);
    }

    private List<Map<?, ?>> lines(Object... arguments) {
        return Run.of(arguments)
                .outText()
                .lines()
                .<Map<?, ?>>map(line -> (Map<?, ?>) JsonLines.parse(line))
                .toList();
    }

    private void add(String title, @Nullable Object line) {
        Set<String> keys = printed.computeIfAbsent(title, any -> new TreeSet<>());
        ((Map<?, ?>) Objects.requireNonNull(line)).keySet().forEach(key -> keys.add(String.valueOf(key)));
    }

    private void addEach(String title, @Nullable Object lines) {
        ((List<?>) Objects.requireNonNull(lines)).forEach(line -> add(title, line));
    }

    /** Adds events under the name of the verb and their own. */
    private void addEvents(String verb, List<Map<?, ?>> events) {
        events.forEach(event -> add(verb + ": " + event.get("event"), event));
    }

    @Test
    void thePageHasTheKeysThatArePrinted() throws IOException, InterruptedException {
        upscale();
        models();
        training();
        speed();

        Map<String, Set<String>> page = documented();
        assertThat(page.remove(LISTENING)).isNotNull();
        if (TestFilms.hasFfmpeg()) {
            video();
        } else {
            assertThat(page.remove("video")).isNotNull();
            assertThat(page.remove("video: plan")).isNotNull();
        }
        assertThat(printed).containsExactlyInAnyOrderEntriesOf(page);
    }

    private void video() throws IOException, InterruptedException {
        TestFilms.ffmpeg(folder, "-f lavfi -i testsrc2=s=32x32:r=5:d=1 -c:v ffv1 -pix_fmt yuv420p film.mkv");
        Path film = folder.resolve("film.mkv");
        Path out = folder.resolve("film_x2.mkv");
        add(
                "video: plan",
                lines("video", film, "-o", out, "-m", model, "--dry-run", "--json")
                        .getLast());
        add("video", lines("video", film, "-o", out, "-m", model, "--json").getLast());
    }

    private void upscale() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Path picture = TestPictures.writeScene(in, "b.png", 20, 16);
        Path out = folder.resolve("out");
        add(
                "upscale: plan",
                lines("upscale", in, "-o", out, "-m", model, "--dry-run", "--json")
                        .getLast());
        add(
                "upscale: planned",
                lines("upscale", picture, "-m", model, "--dry-run", "--json").getFirst());
        add(
                "upscale: picture",
                lines("upscale", in, "-o", out, "-m", model, "--json").getFirst());
        add(
                "upscale: resumed",
                lines("upscale", in, "-o", out, "-m", model, "--json").getFirst());
        Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
        add("upscale: refused", lines("upscale", broken, "-m", model, "--json").getFirst());
        Path comic = folder.resolve("c.cbz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(comic))) {
            zip.putNextEntry(new ZipEntry("1.png"));
            zip.write(TestPictures.encode(TestPictures.scene(20, 16), ImageType.PNG));
        }
        add("upscale: comic", lines("upscale", comic, "-m", model, "--json").getFirst());
    }

    private void models() throws IOException {
        Map<?, ?> scores =
                lines("evaluate", "-m", model, "--hr", pictures, "--json").getLast();
        add("evaluate", scores);
        addEach("a set", scores.get("sets"));
        Map<?, ?> list = lines("models", "--json").getLast();
        add("models", list);
        addEach("a model", list.get("models"));
        add("models info", lines("models", "info", "fast", "--json").getLast());
        add(
                "convert",
                lines("convert", model, folder.resolve("m.onnx"), "--json").getLast());
        add(
                "mix",
                lines("mix", model, model, "0.5", "-o", folder.resolve("m.pth"), "--json")
                        .getLast());
    }

    private void training() throws IOException {
        Path config = Files.writeString(folder.resolve("tiny.yaml"), """
                name: tiny
                scale: 2
                output: run
                network: {body: 1, channels: 4}
                data: {train: [pictures], patch: 8, batch: 2}
                optimiser: {iterations: 4, warmup: 1}
                bn: {reestimate_batches: 2}
                validation: {sets: [pictures], every: 2}
                checkpoint: {every: 2}
                """);
        addEvents("doctor", lines("doctor", config, "--json"));
        List<Map<?, ?>> events = lines("train", config, "--json");
        addEvents("train", events);
        add("a receipt", events.getLast().get("receipt"));
        Path checkpoint = folder.resolve("run/checkpoint-000000004.safetensors");
        add(
                "merge",
                lines("merge", checkpoint, "-o", folder.resolve("merged.safetensors"), "--json")
                        .getLast());
        List<Map<?, ?>> study = lines("study", "networks", config, "-o", folder.resolve("study"), "--quick", "--json");
        addEvents("study", List.of(study.getLast()));
    }

    private void speed() {
        add("version", lines("--version", "--json").getLast());
        add("bench", lines("bench", "-m", model, "--size", "32x16", "--json").getLast());
        Map<?, ?> steps = lines("bench", "train", "--nets", "m1c4-x2", "--json").getLast();
        // The page has the keys of a step in the same line.
        add("bench train", steps);
        addEach("bench train", steps.get("steps"));
    }
}
