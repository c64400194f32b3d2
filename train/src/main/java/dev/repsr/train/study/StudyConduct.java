package dev.repsr.train.study;

import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.report.Document;
import dev.repsr.train.report.Document.Heading;
import dev.repsr.train.report.Document.Part;
import dev.repsr.train.report.Document.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conducts a study from its options to its report: {@code report.html}, {@code report.md} with its plots, {@code report.json} and
 * {@code runs.csv} beside {@code runs.jsonl}.
 */
public final class StudyConduct {
    private static final double SECONDS_AN_HOUR = 3600;

    private final Study study;
    private final StudyOptions options;
    private final StudyListener listener;
    private volatile boolean stopped;
    private volatile @Nullable StudyRuns runs;

    private StudyConduct(Study study, StudyOptions options, StudyListener listener) {
        this.study = study;
        this.options = options;
        this.listener = listener;
    }

    /** The study of batch normalisation. */
    public static StudyConduct bn(StudyOptions options, StudyListener listener) {
        return new StudyConduct(new BnStudy(), options, listener);
    }

    /** The study of blocks. */
    public static StudyConduct blocks(StudyOptions options, StudyListener listener) {
        return new StudyConduct(new BlockStudy(), options, listener);
    }

    /** Asks a study in another thread to save its state and end. */
    public void stop() {
        stopped = true;
        StudyRuns current = runs;
        if (current != null) {
            current.stop();
        }
    }

    /**
     * Runs what is not finished yet, and reports.
     *
     * @return the page, or nothing if {@link #stop} ended it early
     * @throws ConfigRefused if the configuration is refused, pictures are missing, or the folder holds another study
     * @throws IOException if something cannot be written
     */
    public Optional<Path> run() throws IOException, InterruptedException {
        StudyProgress progress = new StudyProgress(listener);
        try (StudyRuns opened = StudyRuns.open(study.name(), options, progress)) {
            runs = opened;
            if (stopped) {
                return Optional.empty();
            }
            List<Effort> efforts = study.efforts(opened.base(), options.quick()).stream()
                    .map(effort -> options.seeds() == 0 ? effort : effort.withSeeds(options.seeds()))
                    .toList();
            progress.plan(study.work(efforts));
            return Optional.of(write(study.conduct(opened, efforts, how(opened, efforts)), opened.store()));
        } catch (StudyStopped e) {
            return Optional.empty();
        } finally {
            runs = null;
        }
    }

    /** What a report says of how it was made. */
    private List<Part> how(StudyRuns opened, List<Effort> efforts) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Heading("How it was made"));
        parts.add(ReportFiles.command(study.name(), options));
        if (options.quick()) {
            parts.add(new Text("This is the quick form: it shows that all of it works, and decides nothing."));
        }
        for (Effort effort : efforts) {
            parts.add(new Text(String.format(
                    Locale.ROOT,
                    "%s: %d arms, %d iterations, %s; rates found by runs of %d iterations.",
                    effort.size().name(),
                    effort.arms().size(),
                    effort.iterations(),
                    effort.seeds() == 1 ? "one seed" : effort.seeds() + " seeds",
                    effort.search())));
        }
        boolean heldOut = RateSearch.judgesByHeldOut(
                List.copyOf(opened.store().head().pictures().keySet()));
        parts.add(
                new Text(
                        "Each arm is run at the rate that was best for it in a search by the same rule for all: short runs at"
                                + " rates a factor of 2 apart, further where the best lies at an edge. They are judged by "
                                + (heldOut
                                        ? "the pictures that are kept apart from the training set (held-out)."
                                        : "the measured sets themselves, as no pictures are kept apart (validation.hold_out).")));
        parts.add(new Text(
                "Behind each mean stands the standard deviation over the seeds. A difference counts where it is larger than"
                        + " what seeds alone make, by Student's t at 5 %, with the deviation that all arms share; of twenty differences that are none,"
                        + " one counts by chance. Core-seconds are the processor time of the one thread that takes the steps, without measuring and"
                        + " saving."));
        parts.add(ReportFiles.machine());
        return parts;
    }

    private Path write(Document body, RunStore<RunRecord> store) throws IOException {
        double seconds =
                store.all().stream().mapToDouble(RunRecord::coreSeconds).sum();
        List<Part> parts = new ArrayList<>();
        parts.add(new Text(String.format(
                Locale.ROOT,
                "%d runs, %.1f core-hours of steps. PSNR in dB.",
                store.size(),
                seconds / SECONDS_AN_HOUR)));
        parts.addAll(body.parts());
        Document document = new Document(body.title(), parts);
        return ReportFiles.write(options.folder(), document, RunTable.csv(store), RunTable.summary(store, document));
    }
}
