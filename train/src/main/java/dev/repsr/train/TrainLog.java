package dev.repsr.train;

import dev.repsr.io.AtomicFile;
import dev.repsr.metric.SetScore;
import dev.repsr.train.config.ConfigRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The run's log: a CSV file with a row for each validation, whole after each row. Rows beyond the iteration that a run is
 * resumed at are dropped, for they will come again.
 */
final class TrainLog {
    private static final String NAME = "log.csv";
    private static final Pattern ROW = Pattern.compile("([0-9]{1,18}),");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]{1,30}([eE][-+]?[0-9]{1,3})?");

    private final Path file;
    private final int sets;
    private final List<String> lines = new ArrayList<>();

    private TrainLog(Path file, int sets) {
        this.file = file;
        this.sets = sets;
    }

    /**
     * Begins or goes on; a log with other columns is kept beside the new one as {@code log-before-ITERATION.csv}.
     *
     * @param sets names of the validation sets
     * @param iteration steps that the run has behind it
     */
    static TrainLog open(Path folder, List<String> sets, long iteration) throws IOException {
        TrainLog log = new TrainLog(folder.resolve(NAME), sets.size());
        StringBuilder header = new StringBuilder("iteration,phase,loss,rate,iterations_per_second");
        for (String set : sets) {
            header.append(',').append(quoted("psnr_y " + set)).append(',').append(quoted("ssim_y " + set));
        }
        log.lines.add(header.toString());
        if (iteration > 0 && Files.exists(log.file)) {
            log.goOn(iteration);
        }
        return log;
    }

    /** A set is named by its folder, which may contain anything; RFC 4180. */
    private static String quoted(String field) {
        return field.matches("[^,\"\\v]*")
                ? field
                : '"' + field.replaceAll("\\v", " ").replace("\"", "\"\"") + '"';
    }

    private void goOn(long iteration) throws IOException {
        List<String> before = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (before.isEmpty() || !before.getFirst().equals(lines.getFirst())) {
            // Other validation sets: the columns would not fit.
            write(file.resolveSibling("log-before-" + iteration + ".csv"), before);
            return;
        }
        for (String line : before.subList(1, before.size())) {
            Matcher row = ROW.matcher(line);
            if (!row.lookingAt()) {
                throw new ConfigRefused(
                        ConfigRefused.Kind.DATA,
                        file + ": the row '" + line + "' does not begin with an iteration; mend or remove this file");
            }
            if (Long.parseLong(row.group(1)) <= iteration) {
                lines.add(line);
            }
        }
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
        write(file, lines);
    }

    /**
     * A row of the log.
     *
     * @param scores PSNR and SSIM of Y for each set
     */
    record Row(long iteration, String phase, double loss, double rate, double speed, List<Double> scores) {

        /** The columns of a row are numbers and a word, so that a comma always parts two of them. */
        static Row of(String line) {
            String[] fields = COMMA.split(line, -1);
            List<Double> scores = new ArrayList<>();
            for (int i = 5; i < fields.length; i++) {
                scores.add(number(fields[i]));
            }
            return new Row(
                    Long.parseLong(fields[0]),
                    fields[1],
                    number(fields[2]),
                    number(fields[3]),
                    number(fields[4]),
                    scores);
        }

        /** NaN for what somebody has spoilt: the row stays, its point is not drawn. */
        private static double number(String field) {
            return NUMBER.matcher(field).matches() ? Double.parseDouble(field) : Double.NaN;
        }
    }

    /** All rows that have as many columns as the head. */
    List<Row> rows() {
        int columns = sets * 2 + 5;
        return lines.subList(1, lines.size()).stream()
                .filter(line -> COMMA.split(line, -1).length == columns)
                .map(Row::of)
                .toList();
    }

    private static void write(Path target, List<String> lines) throws IOException {
        String text = String.join("\n", lines) + "\n";
        AtomicFile.write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
