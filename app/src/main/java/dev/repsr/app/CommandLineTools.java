package dev.repsr.app;

import dev.repsr.image.ConvertedType;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageRefused.Reason;
import dev.repsr.image.Limit;
import dev.repsr.image.PictureConverter;
import dev.repsr.image.PictureSource;
import dev.repsr.image.ReadOptions;
import dev.repsr.io.AtomicFile;
import dev.repsr.io.SearchPath;
import dev.repsr.io.TemporaryFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads AVIF, HEIC and JPEG XL by the command-line tools of their makers, where these are installed. Who turns, and who keeps what,
 * is settled by the caller ({@link PictureConverter}); here it is seen to that the samples are nonlinear.
 */
public final class CommandLineTools implements PictureConverter {
    private final SearchPath path;

    /** Looks for tools where the shell does. */
    public CommandLineTools() {
        this.path = SearchPath.ofShell();
    }

    /** @param path folders, separated as the system does it */
    CommandLineTools(String path) {
        this.path = SearchPath.of(path);
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
    public Converted toPng(String name, ConvertedType type, byte[] file, long maxBytes, @Nullable Duration time)
            throws ImageRefused {
        Tool tool = Tool.of(type);
        Path program = path.find(tool.names().toArray(String[]::new))
                .orElseThrow(() -> new ImageRefused(
                        Reason.UNSUPPORTED,
                        name + " is a picture of type " + type.title() + ", which the program "
                                + tool.names().getLast() + " reads; install the package " + tool.packaged()
                                + " or convert the picture to PNG"));
        try {
            Path folder = TemporaryFolder.make("convert");
            try {
                Path input = folder.resolve("in." + tool.ending());
                AtomicFile.write(input, out -> out.write(file));
                Started started = new Started(
                        name, program, folder, System.nanoTime(), time == null ? ReadOptions.PATIENCE : time);
                return convert(started, type, input, maxBytes);
            } finally {
                delete(folder);
            }
        } catch (ImageRefused e) {
            throw e;
        } catch (IOException e) {
            throw new ImageRefused(Reason.MISSING, name + " cannot be converted: " + e.getMessage(), e);
        }
    }

    private static Converted convert(Started tool, ConvertedType type, Path input, long maxBytes) throws IOException {
        List<String> warnings = new ArrayList<>();
        Path output = tool.folder().resolve("out.png");
        int code = tool.run(List.of(input.toString(), output.toString()));
        if (!Files.isRegularFile(output)) {
            // heif-convert numbers the pictures of a file that holds several.
            output = tool.folder().resolve("out-1.png");
            warnings.add(tool.name() + " holds several pictures; only the first one is read");
        }
        if (code != 0 || !Files.isRegularFile(output)) {
            throw new ImageRefused(
                    Reason.DAMAGED,
                    tool.name() + " is damaged and cannot be read ("
                            + tool.program().getFileName() + " gave up with code " + code + ")");
        }
        byte[] png = bytes(tool, output, maxBytes);
        if (type == ConvertedType.JPEG_XL && isLinear(png)) {
            png = nonlinear(tool, input, maxBytes);
        }
        return new Converted(png, warnings);
    }

    private static byte[] bytes(Started tool, Path output, long maxBytes) throws IOException {
        if (Files.size(output) > maxBytes) {
            throw new ImageRefused(
                    Limit.FILE_BYTES, tool.name() + " becomes a PNG of more than the limit of " + maxBytes + " bytes");
        }
        return Files.readAllBytes(output);
    }

    private static boolean isLinear(byte[] png) {
        ImageLimits whatever = new ImageLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        try (PictureSource source =
                ImageReader.open(new ByteArrayInputStream(png), "the PNG", ReadOptions.of(whatever))) {
            return source.metadata().isLinear();
        } catch (ImageRefused e) {
            // The caller reads it next, and says what is wrong.
            return false;
        }
    }

    /**
     * Some versions of djxl give light itself where a picture with a wide gamut was compressed with loss: asked for sRGB's curve with
     * primaries that hold all that there is, they give that. In 16 bits where they can.
     */
    private static byte[] nonlinear(Started tool, Path input, long maxBytes) throws IOException {
        Path output = tool.folder().resolve("nonlinear.png");
        List<String> command = List.of(input.toString(), output.toString(), "--color_space=RGB_D65_202_Rel_SRG");
        List<String> deep = new ArrayList<>(command);
        deep.add("--bits_per_sample=16");
        if (tool.run(deep) != 0 && tool.run(command) != 0) {
            throw new ImageRefused(
                    Reason.UNSUPPORTED,
                    tool.name() + " is a JPEG XL whose colours "
                            + tool.program().getFileName() + " cannot convert; convert the picture to PNG");
        }
        return bytes(tool, output, maxBytes);
    }

    /**
     * A tool at work on a picture.
     *
     * @param name what messages call the picture
     * @param folder for its files
     * @param start by {@link System#nanoTime()}
     * @param time that it may take in all
     */
    private record Started(String name, Path program, Path folder, long start, Duration time) {
        /** The exit code; refuses the picture when the time is over. */
        int run(List<String> arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(program.toString()));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!ended(process, time.minusNanos(System.nanoTime() - start))) {
                throw new ImageRefused(Limit.TIME, name + ": " + program.getFileName() + " did not end in time");
            }
            return process.exitValue();
        }
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

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
