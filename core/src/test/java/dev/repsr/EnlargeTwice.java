package dev.repsr;

import dev.repsr.image.ImageLimits;
import java.io.IOException;
import java.nio.file.Path;

/** A program that enlarges one picture by nearest neighbours within the memory that its JVM and its argument allow. */
final class EnlargeTwice {
    private EnlargeTwice() {}

    public static void main(String[] arguments) throws IOException {
        run(Path.of(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]));
    }

    static UpscaleResult run(Path input, Path output, long memoryBytes) throws IOException {
        UpscaleOptions options = UpscaleOptions.defaults()
                .withThreads(1)
                .withEngine("scalar")
                .withMemoryBytes(memoryBytes)
                .withLimits(ImageLimits.defaults());
        return Upscaler.of(TestModels.nearest(2), options).upscale(input).to(output);
    }
}
