package dev.repsr.train;

import dev.repsr.metric.SetScore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Keeps what a run says, and may act after a step. */
final class RecordingListener implements TrainListener {
    final List<String> messages = new ArrayList<>();
    final List<Path> checkpoints = new ArrayList<>();
    final List<SetScore> scores = new ArrayList<>();
    final List<String> phases = new ArrayList<>();
    private final LongConsumer afterStep;

    RecordingListener() {
        this(iteration -> {});
    }

    RecordingListener(LongConsumer afterStep) {
        this.afterStep = afterStep;
    }

    @Override
    public void message(String sentence) {
        messages.add(sentence);
    }

    @Override
    public void step(TrainStep step) {
        phases.add(step.phase());
        afterStep.accept(step.iteration());
    }

    @Override
    public void validation(long iteration, List<SetScore> sets) {
        scores.addAll(sets);
    }

    @Override
    public void checkpoint(Path file) {
        checkpoints.add(file);
    }
}
