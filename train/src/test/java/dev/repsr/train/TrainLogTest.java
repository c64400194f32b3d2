package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.metric.ImageScore;
import dev.repsr.metric.SetScore;
import dev.repsr.train.config.ConfigRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainLogTest {
    private static final String HEADER = "iteration,phase,loss,rate,iterations_per_second,psnr_y Set5,ssim_y Set5";

    @TempDir
    Path folder;

    private static List<SetScore> scores(double psnr) {
        List<ImageScore> images = List.of(new ImageScore("a", psnr, 0.9, 30), new ImageScore("b", psnr + 1, 0.8, 30));
        return List.of(new SetScore("Set5", images, images));
    }

    private TrainLog open(long iteration) throws IOException {
        return TrainLog.open(folder, List.of("Set5"), iteration);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("log.csv"));
    }

    private void writeThreeRows() throws IOException {
        TrainLog log = open(0);
        for (long iteration = 10; iteration <= 30; iteration += 10) {
            log.write(iteration, "batch", 0.05, 1e-3, 12.34, scores(30));
        }
    }

    @Test
    void eachRowIsOnTheDiskWhenItIsWritten() throws IOException {
        TrainLog log = open(0);
        log.write(10, "batch", 0.0512345678, 1e-3, 12.34, scores(30));
        assertThat(lines()).containsExactly(HEADER, "10,batch,0.051235,1.000e-03,12.3,30.5000,0.85000");
        log.write(20, "frozen", 0.04, 9.5e-4, 100, scores(31));
        assertThat(lines()).hasSize(3).last().isEqualTo("20,frozen,0.040000,9.500e-04,100.0,31.5000,0.85000");
    }

    @Test
    void rowsAfterTheResumedIterationAreDroppedAndTheHeaderStaysOnce() throws IOException {
        writeThreeRows();

        open(20).write(25, "frozen", 0.04, 1e-3, 12, scores(31));

        assertThat(lines()).hasSize(4).filteredOn(HEADER::equals).hasSize(1);
        assertThat(lines().subList(1, 4))
                .extracting(line -> line.substring(0, line.indexOf(',')))
                .containsExactly("10", "20", "25");
    }

    @Test
    void aRunFromTheBeginningBeginsItsLogAnew() throws IOException {
        writeThreeRows();

        open(0).write(10, "batch", 0.04, 1e-3, 12, scores(31));

        assertThat(lines()).hasSize(2);
    }

    @Test
    void resumingWithoutALogBeginsOne() throws IOException {
        open(20).write(30, "batch", 0.04, 1e-3, 12, scores(31));

        assertThat(lines()).hasSize(2);
    }

    @Test
    void aLogOfOtherValidationSetsIsKeptBesideTheNewOne() throws IOException {
        writeThreeRows();
        List<String> before = lines();

        TrainLog.open(folder, List.of(), 20).write(30, "batch", 0.04, 1e-3, 12, List.of());

        assertThat(lines())
                .containsExactly("iteration,phase,loss,rate,iterations_per_second", "30,batch,0.040000,1.000e-03,12.0");
        assertThat(Files.readAllLines(folder.resolve("log-before-20.csv"))).isEqualTo(before);
    }

    @Test
    void setsWithCommasOrQuotesInTheirNamesStayOneColumn() throws IOException {
        TrainLog.open(folder, List.of("a,\"b\""), 0).write(1, "batch", 0.04, 1e-3, 12, scores(30));

        assertThat(lines().getFirst()).endsWith(",iterations_per_second,\"psnr_y a,\"\"b\"\"\",\"ssim_y a,\"\"b\"\"\"");
    }

    @Test
    void aRowThatIsNoRowIsRefused() throws IOException {
        writeThreeRows();
        Files.writeString(folder.resolve("log.csv"), HEADER + "\n10,batch\n\n");

        assertThatThrownBy(() -> open(20))
                .isInstanceOf(ConfigRefused.class)
                .hasMessage(folder.resolve("log.csv")
                        + ": the row '' does not begin with an iteration; mend or remove this file");
    }
}
