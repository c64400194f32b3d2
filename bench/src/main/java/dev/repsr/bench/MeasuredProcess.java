package dev.repsr.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a whole process took, from its start to its end.
 *
 * @param seconds by the clock
 * @param megabytes most resident memory, in units of 10^6 bytes, as Linux counts it for the process
 */
record MeasuredProcess(double seconds, double megabytes) {
    private static final int LOOK_MILLIS = 5;
    private static final String PEAK = "VmHWM:";

    /** Runs a command to its end; what it prints goes to {@code log}. */
    static MeasuredProcess run(List<String> command, Path log) throws IOException, InterruptedException {
        File output = log.toFile();
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        long kibibytes = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            kibibytes = Math.max(kibibytes, peak(status));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        if (process.exitValue() != 0) {
            throw new IOException("exit code " + process.exitValue() + " of " + String.join(" ", command) + ": "
                    + Files.readString(log));
        }
        return new MeasuredProcess(seconds, kibibytes * 1024 / 1e6);
    }

    /** The peak up to now in KiB; 0 when the process has just ended. */
    private static long peak(Path status) throws IOException {
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(PEAK)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            return 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            // The process ended between opening and reading.
            if (Files.exists(status)) {
                throw e;
            }
            return 0;
        }
    }
}
