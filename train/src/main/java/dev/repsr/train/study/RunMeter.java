package dev.repsr.train.study;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.repsr.io.AtomicFile;
import dev.repsr.metric.ImageScore;
import dev.repsr.metric.SetScore;
import dev.repsr.train.TrainListener;
import dev.repsr.train.TrainStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a run and keeps what a study wants to know of it. Core-seconds are the processor time of the thread that takes the steps,
 * from one step to the next, without what is measured and saved between them; the first step of a process prepares, and is not counted.
 *
 * <p>With each checkpoint all of it is written beside, so that a run that is interrupted goes on with it.
 */
final class RunMeter implements TrainListener {
    static final String NAME = "meter.json";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOS = 1e9;
    private static final long NOT_YET = -1;

    /**
     * What is kept.
     *
     * @param iteration of the checkpoint that belongs to it
     * @param timed steps whose time was taken
     * @param seconds that they took of a core
     */
    record Readings(
            long iteration,
            long timed,
            double seconds,
            @Nullable List<List<Double>> curve,
            double setFall,
            double pictureFall,
            @Nullable String picture,
            @Nullable Map<String, List<Double>> before) {}

    private final Path file;
    private final Consumer<TrainStep> progress;
    private final List<List<Double>> curve = new ArrayList<>();
    private Map<String, List<Double>> before = new LinkedHashMap<>();
    private double setFall;
    private double pictureFall;
    private String fallen = "";
    private long timed;
    private double seconds;
    private long mark = NOT_YET;
    private long iteration;

    /** @param progress told of each step */
    RunMeter(Path folder, Consumer<TrainStep> progress) {
        file = folder.resolve(NAME);
        this.progress = progress;
    }

    /**
     * Takes up what was written with a checkpoint.
     *
     * @param checkpoint iteration of the newest checkpoint
     * @return false if there is nothing that belongs to it
     */
    boolean resume(long checkpoint) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Readings readings = RunStore.read(Files.readAllBytes(file), Readings.class);
        if (readings.iteration != checkpoint) {
            return false;
        }
        iteration = readings.iteration;
        timed = readings.timed;
        seconds = readings.seconds;
        setFall = readings.setFall;
        pictureFall = readings.pictureFall;
        fallen = readings.picture == null ? "" : readings.picture;
        curve.addAll(readings.curve == null ? List.of() : readings.curve);
        before = readings.before == null ? new LinkedHashMap<>() : readings.before;
        return true;
    }

    /** Core-seconds so far, those of steps that were not timed by the mean of the others. */
    double coreSeconds() {
        return timed == 0 ? 0 : seconds / timed * iteration;
    }

    double stepMillis() {
        return timed == 0 ? 0 : 1000 * seconds / timed;
    }

    List<List<Double>> curve() {
        return List.copyOf(curve);
    }

    RunRecord.Fall fall() {
        return new RunRecord.Fall(RunRecord.rounded(setFall), RunRecord.rounded(pictureFall), fallen);
    }

    @Override
    public void message(String sentence) {}

    @Override
    public void step(TrainStep step) {
        takeTime();
        timed += mark == NOT_YET ? 0 : 1;
        iteration = step.iteration();
        progress.accept(step);
        mark = THREADS.getCurrentThreadCpuTime();
    }

    /** Estimating statistics is a part of training. */
    @Override
    public void estimated(int batches, int total) {
        takeTime();
        mark = mark == NOT_YET ? NOT_YET : THREADS.getCurrentThreadCpuTime();
    }

    private void takeTime() {
        if (mark != NOT_YET) {
            seconds += (THREADS.getCurrentThreadCpuTime() - mark) / NANOS;
        }
    }

    @Override
    public void validation(long measured, List<SetScore> sets) {
        List<Double> point = new ArrayList<>(List.of((double) measured, RunRecord.rounded(coreSeconds())));
        Map<String, List<Double>> now = new LinkedHashMap<>();
        for (SetScore set : sets) {
            point.add(RunRecord.rounded(set.psnrY()));
            now.put(set.name(), set.images().stream().map(ImageScore::psnrY).toList());
            compare(set, now.get(set.name()));
        }
        if (!curve.isEmpty() && !sets.isEmpty()) {
            int first = 2;
            setFall = Math.max(setFall, curve.getLast().get(first) - point.get(first));
        }
        curve.add(point);
        before = now;
        mark = THREADS.getCurrentThreadCpuTime();
    }

    private void compare(SetScore set, List<Double> now) {
        List<Double> last = before.getOrDefault(set.name(), List.of());
        for (int i = 0; i < last.size(); i++) {
            double fall = last.get(i) - now.get(i);
            if (fall > pictureFall) {
                pictureFall = fall;
                fallen = set.name() + " " + set.images().get(i).image();
            }
        }
    }

    @Override
    public void checkpoint(Path checkpoint) {
        Readings readings = new Readings(iteration, timed, seconds, curve, setFall, pictureFall, fallen, before);
        byte[] json = RunStore.json(readings).getBytes(UTF_8);
        try {
            AtomicFile.write(file, out -> out.write(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mark = THREADS.getCurrentThreadCpuTime();
    }
}
