package dev.repsr.train;

import dev.repsr.io.AtomicFile;
import dev.repsr.metric.SetScore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The run's log: a CSV file with a row for each validation, whole after each row. Rows beyond the iteration that a run is
 * resumed at are dropped, for they will come again.
 */
final class TrainLog {
    private static final String NAME = "log.csv";

    private final Path file;
    private final List<String> lines = new ArrayList<>();

    private TrainLog(Path file) {
        this.file = file;
    }

    /**
     * Begins or goes on.
     *
     * @param sets names of the validation sets
     * @param iteration steps that the run has behind it
     */
    static TrainLog open(Path folder, List<String> sets, long iteration) throws IOException {
        TrainLog log = new TrainLog(folder.resolve(NAME));
        StringBuilder header = new StringBuilder("iteration,phase,loss,rate,iterations_per_second");
        for (String set : sets) {
            header.append(",psnr_y ").append(set).append(",ssim_y ").append(set);
        }
        log.lines.add(header.toString());
        if (iteration > 0 && Files.exists(log.file)) {
            for (String line : Files.readAllLines(log.file, StandardCharsets.UTF_8).stream()
                    .skip(1)
                    .toList()) {
                if (Long.parseLong(line.substring(0, line.indexOf(','))) <= iteration) {
                    log.lines.add(line);
                }
            }
        }
        return log;
    }

    /** Adds a row; {@code loss} is the mean since the row before. */
    void write(long iteration, String phase, double loss, double rate, double speed, List<SetScore> sets)
            throws IOException {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%d,%s,%.6f,%.3e,%.1f", iteration, phase, loss, rate, speed));
        for (SetScore set : sets) {
            line.append(String.format(Locale.ROOT, ",%.4f,%.5f", set.psnrY(), set.ssimY()));
        }
        lines.add(line.toString());
        String text = String.join("\n", lines) + "\n";
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
