package dev.repsr.installers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Other programs. */
final class Tool {
    private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");

    private Tool() {}

    /** A tool of the JDK that runs this. */
    static String ofJdk(String name) {
        return JDK.resolve(name).toString();
    }

    /** Whether the JDK that runs this has a tool. */
    static boolean isInJdk(String name) {
        return Files.isExecutable(Path.of(ofJdk(name)));
    }

    /** Whether a command is found. */
    static boolean isThere(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, name)));
    }

    /**
     * Runs a command in a folder and waits for its end.
     *
     * @return its standard output
     * @throws IOException if it cannot be started or fails; the message has what it said
     */
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("repsr", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
            // Neither is for the tools: the one would start another JVM, the other change its options.
            builder.environment().keySet().removeAll(List.of("JAVA_HOME", "JDK_JAVA_OPTIONS"));
            // jpackage's package is unpacked again at once.
            builder.environment().put("DPKG_DEB_COMPRESSOR_TYPE", "none");
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + said + Files.readString(errors));
            }
            return said;
        } finally {
            Files.delete(errors);
        }
    }
}
