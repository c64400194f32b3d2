package dev.repsr.train;

import dev.repsr.image.Picture;
import dev.repsr.io.AtomicFile;
import dev.repsr.metric.SetScore;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.report.EventFile;
import dev.repsr.train.report.PictureGrid;
import dev.repsr.train.report.RunPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a run leaves for eyes in its folder: {@code log.csv}, an event file for TensorBoard and {@code report.html}. The log ends
 * the run where it cannot be written; without the others it goes on, and says so once.
 */
final class RunRecords implements AutoCloseable {
    private static final long MOST_POINTS = 1000;

    private final TrainConfig config;
    private final TrainLog log;
    private final EventFile events;
    private final Consumer<String> message;
    private final long every;
    private boolean eventsFail;
    private boolean pageFails;

    private RunRecords(TrainConfig config, TrainLog log, EventFile events, Consumer<String> message) {
        this.config = config;
        this.log = log;
        this.events = events;
        this.message = message;
        every = Math.max(1, config.optimiser().iterations() / MOST_POINTS);
    }

    /** Begins or goes on after {@code iteration} steps. */
    static RunRecords open(TrainConfig config, Path folder, List<String> sets, long iteration, Consumer<String> message)
            throws IOException {
        TrainLog log = TrainLog.open(folder, sets, iteration);
        EventFile events = EventFile.open(folder, iteration, System::currentTimeMillis);
        return new RunRecords(config, log, events, message);
    }

    /** Writing that may fail. */
    private interface Writing {
        void run() throws IOException;
    }

    /** After each step. */
    void step(TrainStep step) {
        if (step.iteration() % every == 0) {
            toEvents(() -> {
                events.scalar(step.iteration(), "training/loss", step.loss());
                events.scalar(step.iteration(), "training/rate", step.rate());
                events.scalar(step.iteration(), "speed/iterations_per_second", step.iterationsPerSecond());
                events.scalar(step.iteration(), "speed/loader_share", step.loaderShare());
            });
        }
    }

    /** After each validation; {@code meanLoss} is that since the one before. */
    void validated(TrainStep step, double meanLoss, Validation.Outcome outcome) throws IOException {
        log.write(step.iteration(), step.phase(), meanLoss, step.rate(), step.iterationsPerSecond(), outcome.sets());
        toEvents(() -> {
            for (SetScore set : outcome.sets()) {
                events.scalar(step.iteration(), "psnr_y/" + set.name(), set.psnrY());
                events.scalar(step.iteration(), "ssim_y/" + set.name(), set.ssimY());
            }
            for (RunPage.Crop crop : outcome.crops()) {
                Picture row = PictureGrid.of(List.of(List.of(crop.bicubic(), crop.network(), crop.original())));
                events.picture(step.iteration(), "bicubic, network, original/" + crop.name(), row);
            }
        });
        String state = step.iteration() + " of " + step.total() + " iterations";
        writePage(new RunReport(config, log.rows(), outcome).page(state));
    }

    /** What was measured before the first step, if anything. */
    Optional<TrainLog.Row> start() {
        return log.rows().stream().filter(row -> row.iteration() == 0).findFirst();
    }

    /** At the end. */
    void finished(TrainResult result, Validation.Outcome outcome, List<Judgement> judgements) {
        writePage(new RunReport(config, log.rows(), outcome).page(result, judgements));
    }

    private void writePage(RunPage page) {
        if (pageFails) {
            return;
        }
        try {
            byte[] text = page.toHtml().getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(config.output().resolve("report.html"), out -> out.write(text));
        } catch (IOException e) {
            pageFails = true;
            message.accept(e.getMessage() + "; the run goes on without its report");
        }
    }

    private void toEvents(Writing writing) {
        if (eventsFail) {
            return;
        }
        try {
            writing.run();
        } catch (IOException e) {
            eventsFail = true;
            message.accept(e.getMessage() + "; the run goes on without its curves for TensorBoard");
        }
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
