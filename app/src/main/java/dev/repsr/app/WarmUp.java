package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.engine.Engines;
import dev.repsr.engine.EnlargedRows;
import dev.repsr.engine.RowNetwork;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureProbe;
import dev.repsr.network.Layer;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Enlarges a small black picture to nowhere, on a processor that is idle while the command line and the files are read.
 * The JVM meanwhile loads and compiles what the real work is about to need, which is most of the time that one picture
 * takes. Nothing that is computed here is used, and nothing that fails here is told: the real work will meet it again.
 */
final class WarmUp implements Runnable {
    private static final String VERB = "upscale";
    private static final List<String> MODEL = List.of("-m", "--model");
    private static final List<String> OUTPUT = List.of("-o", "--output");
    private static final List<String> CHOICES = List.of("--threads", "--engine");

    /** Enough that the compiler's counters pass their thresholds, and little enough that it costs less than it gains. */
    private static final int ROUNDS = 4;

    private static final int SIDE = 64;

    /** Of a picture that cannot be looked at. */
    private static final double TYPICAL_PIXELS = 512 * 512;

    /** A file of more is not read twice: it has about as many pixels, or more. */
    private static final long LARGE_BYTES = 8 << 20;

    private final List<String> arguments;

    WarmUp(List<String> arguments) {
        this.arguments = arguments;
    }

    /** Begins at once where pictures are to be enlarged and a second processor is there. */
    static void startFor(String[] arguments) {
        if (Runtime.getRuntime().availableProcessors() > 1 && isWorthIt(List.of(arguments))) {
            Thread.ofPlatform().daemon().name("repsr-warm-up").start(new WarmUp(List.of(arguments)));
        }
    }

    /** Who chooses threads or engine wants nothing else to run. */
    static boolean isWorthIt(List<String> arguments) {
        return !arguments.isEmpty()
                && arguments.getFirst().equals(VERB)
                && arguments.stream().noneMatch(text -> CHOICES.contains(text.replaceAll("=.*", "")));
    }

    /** The command line is not parsed yet; what this does not recognise only makes the warm-up less useful. */
    private String model() throws IOException {
        for (int i = 0; i < arguments.size() - 1; i++) {
            if (MODEL.contains(arguments.get(i))) {
                return arguments.get(i + 1);
            }
        }
        return Models.defaultOf(Models.USUAL_SCALE).name();
    }

    /** Of the first picture, unless another program has to say what is in it. What is no file, a pipe say, can be read only once. */
    double pixels() throws IOException {
        for (int i = 1; i < arguments.size(); i++) {
            boolean isInput = !OUTPUT.contains(arguments.get(i - 1));
            Path file = Path.of(arguments.get(i));
            if (isInput && Files.isRegularFile(file) && PictureProbe.needsNoOtherProgram(file)) {
                return Files.size(file) > LARGE_BYTES ? LARGE_BYTES : pixels(file);
            }
        }
        return TYPICAL_PIXELS;
    }

    private static double pixels(Path file) throws IOException {
        PictureFormat format = PictureProbe.of(file, ImageLimits.defaults()).format();
        return (double) format.width() * format.height();
    }

    /** A small network on the engine that the real one will run on. */
    RowNetwork network() throws IOException {
        Network real = Models.open(model()).network();
        Network small = small(real.channels(), real.scale());
        // The engine is chosen by the work, and this is to have as much as the real network.
        double share = (double) real.flopPerPixel() / small.flopPerPixel();
        int side = (int) Math.round(Math.sqrt(pixels() * share));
        return Engines.fastest().prepare(small).forPicture(side, side);
    }

    @Override
    public void run() {
        try {
            if (Engines.vectorAvailable()) {
                enlarge(network());
            }
        } catch (IOException | RuntimeException | Error e) {
            // What goes wrong here goes wrong in the run as well, which tells it.
            System.getLogger(WarmUp.class.getName()).log(System.Logger.Level.TRACE, "no warm-up", e);
        }
    }

    private static void enlarge(RowNetwork network) throws IOException {
        Picture black = Picture.of(new PictureFormat(SIDE, SIDE, 3, 8), new byte[3 * SIDE * SIDE]);
        for (int round = 0; round < ROUNDS; round++) {
            try (EnlargedRows rows = new EnlargedRows(network, black.rows(), 1, Long.MAX_VALUE)) {
                ImageWriter.write(rows, ImageType.PNG, EncodeOptions.defaults(), OutputStream.nullOutputStream());
            }
        }
    }

    /** With one convolution of each shape that the real network has. */
    private static Network small(int channels, int scale) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        for (Layer layer : Network.compactLayers(1, channels, scale)) {
            if (layer instanceof Conv3x3 conv) {
                zeros.put(conv.name() + ".weight", Tensor.zeros(conv.out(), conv.in(), 3, 3));
                zeros.put(conv.name() + ".bias", Tensor.zeros(conv.out()));
            } else if (layer instanceof PRelu relu) {
                zeros.put(relu.name() + ".weight", Tensor.zeros(relu.channels()));
            }
        }
        return Network.compact(1, channels, scale, new Weights(zeros));
    }
}
