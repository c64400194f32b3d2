package dev.repsr.train.study;

import dev.repsr.train.study.StudyListener.State;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How much of a study is done and how long the rest will take, by the multiplications that its runs cost. */
final class StudyProgress {
    private static final double NANOS = 1e9;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

    private final StudyListener listener;
    private final long started = System.nanoTime();
    private final Map<String, Double> running = new HashMap<>();
    private double planned;
    private double before;
    private double done;
    private int runs;
    private long shown;

    StudyProgress(StudyListener listener) {
        this.listener = listener;
    }

    /** @param work of all runs that will be asked for, as far as is known */
    synchronized void plan(double work) {
        planned = work;
    }

    /** A run that an earlier start has finished. */
    synchronized void had(PlannedRun run) {
        before += run.work();
        runs++;
    }

    synchronized void message(String sentence) {
        listener.message(sentence);
    }

    /** A run stands at an iteration. */
    synchronized void at(String key, PlannedRun run, long iteration) {
        running.put(key, run.work() * iteration / run.iterations());
        long now = System.nanoTime();
        if (now - shown > PAUSE) {
            shown = now;
            listener.running(run.describe(), iteration, run.iterations(), state());
        }
    }

    synchronized void finished(String key, PlannedRun run, String line) {
        running.remove(key);
        done += run.work();
        runs++;
        listener.finished(run.describe(), line, state());
    }

    private State state() {
        double now = done + running.values().stream().mapToDouble(w -> w).sum();
        double all = Math.max(planned, before + now);
        double seconds = (System.nanoTime() - started) / NANOS;
        double left = now > 0 ? (all - before - now) * seconds / now : Double.NaN;
        return new State(runs, all > 0 ? (before + now) / all : 1, left);
    }
}
