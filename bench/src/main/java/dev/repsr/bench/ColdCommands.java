package dev.repsr.bench;

import dev.repsr.Upscaler;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.OnnxFile;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureRows;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command lines of the comparison of whole processes, and the folder of files that they need. */
final class ColdCommands implements AutoCloseable {
    private static final int SIDE = 512;

    /** Both round to 8 bits, from sums of different order. */
    private static final int MOST_DIFFERENCE = 1;

    /** Of ONNX Runtime's process: those of the start script that have to do with memory. */
    static final List<String> OPTIONS =
            List.of("-XX:+UseSerialGC", "-XX:NewSize=24m", "-XX:MaxNewSize=24m", "-XX:+UseTransparentHugePages");

    private static final List<String> LIBRARIES = List.of("libonnxruntime.so", "libonnxruntime4j_jni.so");

    private final Path script;
    private final Path folder;

    private ColdCommands(Path script, Path folder) {
        this.script = script;
        this.folder = folder;
    }

    /**
     * Makes the picture from a sample beside the start script, unpacks ONNX Runtime's libraries, which it would else do
     * in each process, and prepares the classes of its process as the start script does for its own.
     */
    static ColdCommands prepare(Path script) throws IOException, InterruptedException {
        ColdCommands commands = new ColdCommands(script, Files.createTempDirectory("repsr-cold"));
        commands.makePicture();
        String machine = System.getProperty("os.arch").equals("aarch64") ? "linux-aarch64" : "linux-x64";
        for (String library : LIBRARIES) {
            try (InputStream in =
                    ColdCommands.class.getResourceAsStream("/ai/onnxruntime/native/" + machine + "/" + library)) {
                if (in == null) {
                    throw new IOException("ONNX Runtime has no " + library + " for " + machine);
                }
                Files.copy(in, commands.folder.resolve(library));
            }
        }
        commands.writeModels(ColdNetwork.M4C16);
        MeasuredProcess.run(commands.onnx(ColdNetwork.M4C16, "-XX:AOTCacheOutput=" + commands.cache()), commands.log());
        return commands;
    }

    private void makePicture() throws IOException {
        Path sample = script.resolveSibling("samples").resolve("pepper-stem.png");
        Path enlarged = folder.resolve("sample_x2.png");
        Upscaler.load("repsr-m4c16-x2").upscale(sample).to(enlarged);
        Picture picture = picture(enlarged).crop(0, 0, SIDE, SIDE);
        try (OutputStream out = Files.newOutputStream(input());
                PictureRows rows = picture.rows()) {
            ImageWriter.write(rows, ImageType.PNG, EncodeOptions.defaults(), out);
        }
    }

    private void writeModels(ColdNetwork network) throws IOException {
        Model model = network.model();
        try (OutputStream out = Files.newOutputStream(folder.resolve(network + ".safetensors"))) {
            ModelFile.write(model, out);
        }
        Files.write(folder.resolve(network + ".onnx"), OnnxFile.bytes(model.network(), SIDE, SIDE));
    }

    /** The start script's command; writes the model first. */
    List<String> ours(ColdNetwork network) throws IOException {
        writeModels(network);
        String model = folder.resolve(network + ".safetensors").toString();
        return List.of(
                script.toString(),
                "upscale",
                "-q",
                "--overwrite",
                "-m",
                model,
                "-o",
                ours().toString(),
                input().toString());
    }

    /** ONNX Runtime's command. */
    List<String> theirs(ColdNetwork network) {
        return onnx(network, "-XX:AOTCache=" + cache());
    }

    private List<String> onnx(ColdNetwork network, String aot) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Donnxruntime.native.path=" + folder,
                aot,
                "-cp",
                classPath(),
                OnnxUpscale.class.getName()));
        command.addAll(List.of(folder.resolve(network + ".onnx").toString(), input().toString(), theirs().toString()));
        return command;
    }

    /** Only the jars that it needs: bench, core, ONNX Runtime. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(jar -> jar.matches(".*(repsr-bench|repsr-core|onnxruntime)[^/]*"))
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    /** Where what a process prints goes. */
    Path log() {
        return folder.resolve("log.txt");
    }

    /** Refuses a comparison of processes that did different work. */
    void checkSameOutput() throws IOException {
        Picture one = picture(ours());
        Picture other = picture(theirs());
        if (!one.format().equals(other.format())) {
            throw new IOException("the results are " + one.format() + " and " + other.format());
        }
        for (int y = 0; y < one.height(); y++) {
            for (int x = 0; x < one.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    if (Math.abs(one.sample(x, y, c) - other.sample(x, y, c)) > MOST_DIFFERENCE) {
                        throw new IOException("the results differ at pixel " + x + ", " + y);
                    }
                }
            }
        }
    }

    private static Picture picture(Path file) throws IOException {
        return ImageReader.read(file, ImageLimits.defaults()).picture();
    }

    private Path input() {
        return folder.resolve("input.png");
    }

    private Path ours() {
        return folder.resolve("repsr.png");
    }

    private Path theirs() {
        return folder.resolve("onnxruntime.png");
    }

    private Path cache() {
        return folder.resolve("onnxruntime.aot");
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
