package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A run of the start script as a process of its own, in the plainest locale.
 *
 * @param exitCode as the caller of the script sees it
 * @param out all of standard output
 * @param err all of standard error
 */
record StartedProgram(int exitCode, String out, String err) {
    private static final int HANG_GUARD_MINUTES = 9;

    /** Runs {@code script} in the folder {@code workingFolder} and waits for its end. */
    static StartedProgram run(Path script, Path workingFolder, String... arguments)
            throws IOException, InterruptedException {
        return withJavaOptions("", script, workingFolder, arguments);
    }

    /** As {@link #run}, with these in JDK_JAVA_OPTIONS. */
    static StartedProgram withJavaOptions(String options, Path script, Path workingFolder, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("repsr", ".out");
        Path err = Files.createTempFile("repsr", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(workingFolder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("REPSR_"));
            builder.environment().put("LANG", "C");
            builder.environment().remove("JDK_JAVA_OPTIONS");
            if (!options.isEmpty()) {
                builder.environment().put("JDK_JAVA_OPTIONS", options);
            }
            Process process = builder.start();
            boolean ended = process.waitFor(HANG_GUARD_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended).as("%s ends in time", script).isTrue();
            return new StartedProgram(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Whether this system has the shell that the script is written for. */
    static boolean isPossible() {
        return !System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
