package dev.repsr.app;

import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.study.NetworkConduct;
import dev.repsr.train.study.StudyConduct;
import dev.repsr.train.study.StudyListener;
import dev.repsr.train.study.StudyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Conducts a study for the command line; loaded only when training is there. */
final class Studying {
    private final Console console;
    private final CommonOptions common;

    Studying(Console console, CommonOptions common) {
        this.console = console;
        this.common = common;
    }

    /** The study of batch normalisation. @return the exit code */
    int bn(ConfigOptions config, StudyVerbOptions study) throws CommandFailure, IOException, InterruptedException {
        return conduct(config, study, StudyConduct::bn);
    }

    /** The study of blocks. @return the exit code */
    int blocks(ConfigOptions config, StudyVerbOptions study) throws CommandFailure, IOException, InterruptedException {
        return conduct(config, study, StudyConduct::blocks);
    }

    /** The study of networks. @return the exit code */
    int networks(ConfigOptions config, Path folder, boolean quick, @Nullable Path models)
            throws CommandFailure, IOException, InterruptedException {
        StudyOptions options = new StudyOptions(config.file, config.overrides, folder, quick, 1, 0);
        try (StudyReport report = new StudyReport(console, common, System::nanoTime)) {
            NetworkConduct conduct = new NetworkConduct(options, models, report);
            return finish(conduct::run, conduct::stop, folder);
        }
    }

    private int conduct(
            ConfigOptions config, StudyVerbOptions study, BiFunction<StudyOptions, StudyListener, StudyConduct> begin)
            throws CommandFailure, IOException, InterruptedException {
        StudyOptions options = new StudyOptions(
                config.file, config.overrides, study.folder, study.quick, study.jobs(common), study.seeds);
        try (StudyReport report = new StudyReport(console, common, System::nanoTime)) {
            StudyConduct conduct = begin.apply(options, report);
            return finish(conduct::run, conduct::stop, study.folder);
        }
    }

    /** Gives the page, or nothing when it was stopped. */
    private interface Work {
        Optional<Path> run() throws IOException, InterruptedException;
    }

    private int finish(Work work, Runnable stop, Path folder) throws CommandFailure, IOException, InterruptedException {
        Optional<Path> page;
        Runnable interrupt = console.stopSignal().replace(stop);
        try {
            page = work.run();
        } catch (ConfigRefused e) {
            throw Training.failure(e);
        } finally {
            console.stopSignal().replace(interrupt);
        }
        if (page.isEmpty()) {
            console.complain("stopped; what is done is kept in " + folder + ", the same command goes on");
            return ExitCode.STOPPED;
        }
        done(page.get(), folder);
        return ExitCode.OK;
    }

    private void done(Path page, Path folder) {
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", "done");
            line.put("report", page.toString());
            line.put("folder", folder.toString());
            JsonLines.print(console.out(), line);
        } else {
            console.say(page.toString());
        }
    }
}
