package dev.repsr.app;

import dev.repsr.image.Picture;
import dev.repsr.io.AtomicFile;
import dev.repsr.train.EngineChoice;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.doctor.Examination;
import dev.repsr.train.doctor.Finding;
import dev.repsr.train.doctor.Finding.Level;
import dev.repsr.train.doctor.PreviewSheet;
import dev.repsr.train.engine.Ranks;
import dev.repsr.train.report.PictureGrid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Examines a training for the command line; loaded only when training is there. */
final class TrainingCheck {
    private final Console console;
    private final CommonOptions common;

    TrainingCheck(Console console, CommonOptions common) {
        this.console = console;
        this.common = common;
    }

    /** Examines, and draws the sheet where one is asked for and no problem forbids it; the exit code. */
    int run(Path file, List<String> overrides, @Nullable Path preview)
            throws CommandFailure, IOException, InterruptedException {
        try {
            TrainConfig config = TrainConfig.read(file, overrides);
            Examination examination = new Examination(config, this::show);
            engine(config, examination);
            examination.run();
            boolean drawn = preview != null && examination.trainingPictures() > 0;
            if (preview != null && drawn) {
                Picture sheet = PreviewSheet.of(config);
                byte[] png = PictureGrid.png(sheet);
                AtomicFile.write(preview, out -> out.write(png));
            }
            summary(examination, drawn ? preview : null);
            return examination.count(Level.PROBLEM) > 0 ? ExitCode.REFUSED : ExitCode.OK;
        } catch (ConfigRefused e) {
            throw Training.failure(e);
        }
    }

    private static void engine(TrainConfig config, Examination examination) {
        try {
            examination.tell(Level.NOTE, EngineChoice.of(config, Ranks.ALONE).sentence());
        } catch (ConfigRefused e) {
            examination.tell(Level.PROBLEM, e.getMessage());
        }
    }

    private void show(Finding finding) {
        String level = finding.level().name().toLowerCase(Locale.ROOT);
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", "finding");
            line.put("level", level);
            line.put("message", finding.message());
            JsonLines.print(console.out(), line);
        } else if (!common.quiet || finding.level() == Level.PROBLEM) {
            console.say((finding.level() == Level.NOTE ? "" : level + ": ") + finding.message());
        }
    }

    private void summary(Examination examination, @Nullable Path preview) {
        int problems = examination.count(Level.PROBLEM);
        int warnings = examination.count(Level.WARNING);
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", "done");
            line.put("problems", problems);
            line.put("warnings", warnings);
            line.put("pictures", examination.trainingPictures());
            if (preview != null) {
                line.put("preview", preview.toString());
            }
            JsonLines.print(console.out(), line);
        } else if (!common.quiet) {
            if (preview != null) {
                console.say(preview + ": low resolution beside high, as the network will see them");
            }
            console.say(
                    problems == 0
                            ? "ready to train" + (warnings == 0 ? "" : ", with warnings")
                            : "not ready to train: solve the problems above first");
        }
    }
}
