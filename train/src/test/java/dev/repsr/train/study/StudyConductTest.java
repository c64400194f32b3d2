package dev.repsr.train.study;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.train.SmallRun;
import dev.repsr.train.config.ConfigRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StudyConductTest {
    private static final int RUNS_BEFORE_THE_KILL = 7;

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void preparePictures() throws IOException {
        config = SmallRun.prepare(folder);
    }

    @Test
    void aKilledStudyGoesOnFromItsLastFinishedRunAndEndsAsIfNothingHadHappened() throws Exception {
        Path killed = Files.createDirectory(folder.resolve("killed"));
        Process process = start(killed);
        try {
            while (lines(killed).size() <= RUNS_BEFORE_THE_KILL) {
                assertThat(process.isAlive())
                        .as("%s", folder.resolve("process.log"))
                        .isTrue();
                Thread.sleep(20);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        List<String> before = lines(killed);

        Counting after = new Counting();
        Path page = StudyConduct.bn(StudyProcess.options(config, killed), after)
                .run()
                .orElseThrow();
        Path whole = folder.resolve("whole");
        StudyConduct.bn(StudyProcess.options(config, whole), new StudyProcess.Silent())
                .run();

        List<String> end = lines(killed);
        assertThat(end).startsWith(before.toArray(new String[0]));
        assertThat(end).hasSize(before.size() + after.finished);
        assertThat(scores(killed)).isEqualTo(scores(whole)).isNotEmpty();
        assertThat(page).isEqualTo(killed.resolve("report.html"));
    }

    /** PSNR by the run's key: the same bits, however often the study was interrupted. */
    private static Map<String, Map<String, RunRecord.Score>> scores(Path study) throws IOException {
        Map<String, Map<String, RunRecord.Score>> scores = new TreeMap<>();
        List<String> lines = lines(study);
        for (String line : lines.subList(1, lines.size())) {
            RunRecord run = RunStore.read(line.getBytes(UTF_8), RunRecord.class);
            scores.put(run.key(), run.sets());
        }
        return scores;
    }

    @Test
    void aStoppedStudyGoesOnAndItsReportHasTheFiguresOfItsRuns() throws Exception {
        Path study = folder.resolve("study");
        StudyConduct[] begun = new StudyConduct[1];
        begun[0] = StudyConduct.bn(StudyProcess.options(config, study), new Counting() {
            @Override
            public void running(String run, long iteration, long iterations, State state) {
                if (finished >= 1) {
                    begun[0].stop();
                }
            }
        });
        assertThat(begun[0].run()).isEmpty();
        int done = lines(study).size();

        Counting after = new Counting();
        assertThat(StudyConduct.bn(StudyProcess.options(config, study), after).run())
                .isPresent();

        assertThat(lines(study)).hasSize(done + after.finished);
        Counting again = new Counting();
        assertThat(StudyConduct.bn(StudyProcess.options(config, study), again).run())
                .isPresent();
        assertThat(again.finished).isZero();
        theReportHasTheFiguresOfTheRuns(study);
    }

    private static void theReportHasTheFiguresOfTheRuns(Path study) throws IOException {
        List<String> lines = lines(study);
        List<RunRecord> runs = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            runs.add(RunStore.read(line.getBytes(UTF_8), RunRecord.class));
        }
        RunRecord never = runs.stream()
                .filter(run -> run.arm().equals("never") && run.stage().equals(Contest.OWN))
                .findFirst()
                .orElseThrow();
        List<RunRecord> seeds = runs.stream()
                .filter(run -> run.arm().equals("never")
                        && run.rate() == never.rate()
                        && run.iterations() == never.iterations())
                .toList();
        assertThat(seeds).hasSize(2);
        String figure =
                new Sample(seeds.stream().map(run -> run.score("pictures").y()).toList()).text(3);
        String text = Files.readString(study.resolve("report.md"));
        assertThat(text).contains("| never |").contains(figure);
        assertThat(Files.readString(study.resolve("report.html"))).contains(figure);
        assertThat(Files.readString(study.resolve("report.json"))).contains("\"arm\":\"never\"");
        assertThat(Files.readAllLines(study.resolve("runs.csv"))).hasSize(runs.size() + 1);
        assertThat(study.resolve("m2c4-x2-iterations.svg")).content().startsWith("<svg xmlns=");
    }

    @Test
    void theStudyOfBlocksComparesAtEqualIterationsAndEqualCoreSecondsAndTimesBothFormsOfLibtorch() throws Exception {
        Path study = folder.resolve("blocks");

        assertThat(StudyConduct.blocks(StudyProcess.options(config, study), new Counting())
                        .run())
                .isPresent();

        assertThat(Files.readString(study.resolve("report.md")))
                .contains(
                        "| repsr bn |",
                        "| plain, muon |",
                        "at equal core-seconds",
                        "In half of the core-seconds of ECBSR's")
                .doesNotContain("libtorch is not installed", "was left out", "NaN");
        assertThat(lines(study))
                .anyMatch(line -> line.contains("\"stage\":\"cost\"") && line.contains("\"engine\":\"torch\""));
    }

    @Test
    void theStudyOfNetworksPlotsQualityAgainstThroughputAndIsReadWhereItIsThere() throws Exception {
        Path study = folder.resolve("networks");
        StudyOptions options = new StudyOptions(config, List.of(), study, true, 1, 0);

        assertThat(new NetworkConduct(options, null, new Counting()).run()).isPresent();
        Counting again = new Counting();
        assertThat(new NetworkConduct(options, null, again).run()).isPresent();

        assertThat(again.finished).isZero();
        RunStore.Head head = new RunStore.Head("networks", Map.of("pictures", List.of("p0", "p1", "p2")));
        NetworkRecord first =
                RunStore.open(study, head, NetworkRecord.class).all().getFirst();
        assertThat(first.network()).isEqualTo("repsr-m4c16-x2");
        assertThat(Files.readString(study.resolve("report.md")))
                .contains("| repsr-m4c16-x2 (built in) | M4C16 | 11548 | ")
                .contains(String.format(
                        Locale.ROOT,
                        "%.3f (",
                        first.sets().values().iterator().next().y()));
        assertThat(study.resolve("networks-x2.svg")).content().contains("<circle", "repsr-m4c16-x2");
    }

    @Test
    void aFolderOfAnotherStudyIsRefusedAndSoIsAConfigurationThatMeasuresNothing() throws Exception {
        Path study = Files.createDirectory(folder.resolve("study"));
        Files.writeString(study.resolve(RunStore.NAME), "{\"study\":\"other\"}\n");
        StudyConduct other = StudyConduct.bn(StudyProcess.options(config, study), new StudyProcess.Silent());
        assertThatThrownBy(other::run).isInstanceOf(ConfigRefused.class).hasMessageContaining("another study");

        StudyConduct blind = StudyConduct.bn(
                new StudyOptions(config, List.of("validation.sets=[]"), folder.resolve("blind"), true, 1, 0),
                new StudyProcess.Silent());
        assertThatThrownBy(blind::run).isInstanceOf(ConfigRefused.class).hasMessageContaining("validation.sets");
    }

    private static List<String> lines(Path study) throws IOException {
        Path file = study.resolve(RunStore.NAME);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private Process start(Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StudyProcess.class.getName(),
                        config.toString(),
                        output.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("process.log").toFile())
                .start();
    }

    private static class Counting extends StudyProcess.Silent {
        int finished;

        @Override
        public void finished(String run, String line, State state) {
            finished++;
        }
    }
}
