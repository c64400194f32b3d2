package dev.repsr.app;

import dev.repsr.train.study.StudyListener;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells how a study goes on: events as JSON, or lines for people on standard error. */
final class StudyReport implements StudyListener, AutoCloseable {
    private static final long JSON_PAUSE_NANOS = 1_000_000_000L;
    private static final long LINE_PAUSE_NANOS = 60_000_000_000L;

    private final Console console;
    private final CommonOptions common;
    private final LongSupplier nanoTime;
    private final boolean terminal;
    private final long pause;
    private final TerminalLine status;
    private long lastShow;

    StudyReport(Console console, CommonOptions common, LongSupplier nanoTime) {
        this.console = console;
        this.common = common;
        this.nanoTime = nanoTime;
        status = new TerminalLine(console, nanoTime);
        terminal = !common.json && !common.quiet && console.terminal().getAsBoolean();
        pause = common.json ? JSON_PAUSE_NANOS : terminal ? 0 : LINE_PAUSE_NANOS;
        lastShow = nanoTime.getAsLong();
    }

    @Override
    public void message(String sentence) {
        if (!common.quiet) {
            status.clear();
            console.complain(sentence);
        }
    }

    @Override
    public void running(String run, long iteration, long iterations, State state) {
        long now = nanoTime.getAsLong();
        if (now - lastShow < pause) {
            return;
        }
        lastShow = now;
        if (common.json) {
            Map<String, Object> line = event("step", run, state);
            line.put("iteration", iteration);
            line.put("iterations", iterations);
            JsonLines.print(console.out(), line);
        } else if (!common.quiet) {
            show(String.format(
                    Locale.ROOT, "%s: %s, %d of %d iterations", progress(state), run, iteration, iterations));
        }
    }

    @Override
    public void finished(String run, String line, State state) {
        if (common.json) {
            Map<String, Object> event = event("run", run, state);
            event.put("result", JsonLines.parse(line));
            JsonLines.print(console.out(), event);
        } else if (!common.quiet) {
            status.clear();
            console.err().println(progress(state) + ": done " + run);
        }
    }

    private static Map<String, Object> event(String name, String run, State state) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", name);
        line.put("run", run);
        line.put("runs", state.runs());
        line.put("share", state.share());
        if (!Double.isNaN(state.secondsLeft())) {
            line.put("seconds_left", state.secondsLeft());
        }
        return line;
    }

    private static String progress(State state) {
        String left = Double.isNaN(state.secondsLeft()) ? "?" : ProgressLine.duration(Math.round(state.secondsLeft()));
        return String.format(Locale.ROOT, "%d runs, %.0f %%, about %s left", state.runs(), 100 * state.share(), left);
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
