package dev.repsr.app;

import dev.repsr.image.ConvertedType;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageRefused.Reason;
import dev.repsr.image.PictureConverter;
import dev.repsr.image.ReadOptions;
import dev.repsr.io.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads AVIF, HEIC and JPEG XL by the command-line tools of their makers, where these are installed. */
public final class CommandLineTools implements PictureConverter {
    private final List<Path> folders;

    /** Looks for tools where the shell does. */
    public CommandLineTools() {
        this(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** @param path folders, separated as the system does it */
    CommandLineTools(String path) {
        this.folders = Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
    }

    /**
     * A tool that takes the names of an input and of a PNG to be written.
     *
     * @param names any of them will do
     * @param ending of the input's name
     * @param packaged Debian's package that brings it
     */
    private record Tool(List<String> names, String ending, String packaged) {
        static Tool of(ConvertedType type) {
            return switch (type) {
                case AVIF -> new Tool(List.of("avifdec"), "avif", "libavif-bin");
                case HEIC -> new Tool(List.of("heif-dec", "heif-convert"), "heic", "libheif-examples");
                case JPEG_XL -> new Tool(List.of("djxl"), "jxl", "libjxl-tools");
            };
        }
    }

    @Override
    public byte[] toPng(String name, ConvertedType type, byte[] file, long maxBytes, @Nullable Duration time)
            throws ImageRefused {
        Tool tool = Tool.of(type);
        Path program = find(tool)
                .orElseThrow(() -> new ImageRefused(
                        Reason.UNSUPPORTED,
                        name + " is a picture of type " + type.title() + ", which the program "
                                + tool.names().getLast() + " reads; install the package " + tool.packaged()
                                + " or convert the picture to PNG"));
        try {
            Path folder = Files.createTempDirectory("repsr-");
            try {
                return convert(name, program, tool, file, folder, maxBytes, time);
            } finally {
                delete(folder);
            }
        } catch (ImageRefused e) {
            throw e;
        } catch (IOException e) {
            throw new ImageRefused(Reason.MISSING, name + " cannot be converted: " + e.getMessage(), e);
        }
    }

    private static byte[] convert(
            String name, Path program, Tool tool, byte[] file, Path folder, long maxBytes, @Nullable Duration time)
            throws IOException {
        Path input = folder.resolve("in." + tool.ending());
        Path output = folder.resolve("out.png");
        AtomicFile.write(input, out -> out.write(file));
        Process process = new ProcessBuilder(program.toString(), input.toString(), output.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        if (!ended(process, time == null ? ReadOptions.PATIENCE : time)) {
            throw new ImageRefused(Reason.TOO_SLOW, name + ": " + program.getFileName() + " did not end in time");
        }
        if (process.exitValue() != 0 || !Files.isRegularFile(output)) {
            throw new ImageRefused(
                    Reason.DAMAGED,
                    name + " is damaged and cannot be read (" + program.getFileName() + " gave up with code "
                            + process.exitValue() + ")");
        }
        if (Files.size(output) > maxBytes) {
            throw new ImageRefused(
                    Reason.TOO_LARGE, name + " becomes a PNG of more than the limit of " + maxBytes + " bytes");
        }
        return Files.readAllBytes(output);
    }

    /** Waits; a process that takes too long, or whose waiting thread is interrupted, is ended. */
    private static boolean ended(Process process, Duration time) {
        boolean ended = false;
        try {
            ended = process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!ended) {
                process.destroyForcibly();
            }
        }
        return ended;
    }

    private Optional<Path> find(Tool tool) {
        return tool.names().stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
