package dev.repsr.app;

import dev.repsr.metric.SetScore;
import dev.repsr.train.TrainListener;
import dev.repsr.train.TrainStep;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells how a training goes on: events as JSON, or lines for people on standard error. */
final class TrainReport implements TrainListener, AutoCloseable {
    private static final long JSON_PAUSE_NANOS = 1_000_000_000L;
    private static final long TERMINAL_PAUSE_NANOS = 500_000_000L;
    private static final long LINE_PAUSE_NANOS = 30_000_000_000L;

    private final Console console;
    private final CommonOptions common;
    private final LongSupplier nanoTime;
    private final boolean terminal;
    private final long pause;
    private final TerminalLine status;
    private long lastShow;

    TrainReport(Console console, CommonOptions common, LongSupplier nanoTime) {
        this.console = console;
        this.common = common;
        this.nanoTime = nanoTime;
        status = new TerminalLine(console, nanoTime);
        terminal = !common.json && !common.quiet && console.terminal().getAsBoolean();
        pause = common.json ? JSON_PAUSE_NANOS : terminal ? TERMINAL_PAUSE_NANOS : LINE_PAUSE_NANOS;
        lastShow = nanoTime.getAsLong() - pause;
    }

    @Override
    public void message(String sentence) {
        if (!common.quiet) {
            status.clear();
            console.complain(sentence);
        }
    }

    @Override
    public void step(TrainStep step) {
        long now = nanoTime.getAsLong();
        if (now - lastShow < pause && step.iteration() < step.total()) {
            return;
        }
        lastShow = now;
        if (common.json) {
            JsonLines.print(console.out(), json(step));
        } else if (!common.quiet) {
            show(line(step));
        }
    }

    private static Map<String, Object> json(TrainStep step) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", "step");
        line.put("iteration", step.iteration());
        line.put("loss", step.loss());
        line.put("lr", step.rate());
        line.put("phase", step.phase());
        line.put("it_per_s", step.iterationsPerSecond());
        line.put("iterations", step.total());
        line.put("loader_share", step.loaderShare());
        if (!Double.isNaN(step.secondsLeft())) {
            line.put("seconds_left", step.secondsLeft());
        }
        if (!Double.isNaN(step.psnrY())) {
            line.put("psnr_y", step.psnrY());
        }
        return line;
    }

    private static String line(TrainStep step) {
        String psnr = Double.isNaN(step.psnrY()) ? "" : String.format(Locale.ROOT, ", %.2f dB", step.psnrY());
        String left = Double.isNaN(step.secondsLeft()) ? "?" : ProgressLine.duration(Math.round(step.secondsLeft()));
        return String.format(
                Locale.ROOT,
                "%d of %d (%s): loss %.5f, rate %.1e, %.1f it/s, loader %.1f %%%s, %s left",
                step.iteration(),
                step.total(),
                step.phase(),
                step.loss(),
                step.rate(),
                step.iterationsPerSecond(),
                100 * step.loaderShare(),
                psnr,
                left);
    }

    @Override
    public void validation(long iteration, List<SetScore> sets) {
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", "validation");
            line.put("iteration", iteration);
            line.put("sets", ScoreTable.json(sets));
            JsonLines.print(console.out(), line);
        } else if (!common.quiet) {
            for (SetScore set : sets) {
                status.clear();
                console.err()
                        .printf(
                                Locale.ROOT,
                                "iteration %d: %s %.3f dB (bicubic %.3f)%n",
                                iteration,
                                set.name(),
                                set.psnrY(),
                                set.bicubicPsnrY());
            }
        }
    }

    @Override
    public void checkpoint(Path file) {
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", "checkpoint");
            line.put("file", file.toString());
            JsonLines.print(console.out(), line);
        } else if (common.verbose) {
            status.clear();
            console.err().println("saved " + file);
        }
    }

    private void show(String text) {
        if (terminal) {
            status.put(text);
        } else {
            console.err().println(text);
        }
    }

    /** Removes the line that shows progress. */
    @Override
    public void close() {
        status.close();
        console.err().flush();
    }
}
