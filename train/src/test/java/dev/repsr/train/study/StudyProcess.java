package dev.repsr.train.study;

import java.nio.file.Path;
import java.util.List;

/** A quick study in a process of its own, to be killed. Arguments: configuration, output folder. */
final class StudyProcess {
    private StudyProcess() {}

    public static void main(String[] args) throws Exception {
        StudyConduct.bn(options(Path.of(args[0]), Path.of(args[1])), new Silent())
                .run();
    }

    /** Two runs at a time. */
    static StudyOptions options(Path config, Path folder) {
        return new StudyOptions(config, List.of("validation.hold_out=1"), folder, true, 2, 0);
    }

    /** Hears nothing. */
    static class Silent implements StudyListener {
        @Override
        public void message(String sentence) {}

        @Override
        public void running(String run, long iteration, long iterations, State state) {}

        @Override
        public void finished(String run, String line, State state) {}
    }
}
