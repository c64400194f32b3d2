package dev.repsr.train;

import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import dev.repsr.io.AtomicFile;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A run of a tiny network on tiny pictures that takes about a second. */
public final class SmallRun {
    static final int ITERATIONS = 12;

    private static final String CONFIG = """
            name: small
            scale: 2
            seed: 3
            network: {body: 2, channels: 4}
            data: {train: [pictures], patch: 8, batch: 2}
            optimiser: {iterations: %d, warmup: 2}
            bn: {batch_share: 0.5, reestimate_batches: 3}
            validation: {sets: [pictures], every: 4}
            checkpoint: {every: 3, keep: 100}
            """.formatted(ITERATIONS);

    private SmallRun() {}

    /** Writes pictures and configuration into {@code folder}; returns the configuration's file. */
    public static Path prepare(Path folder) throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < 3; k++) {
            byte[] samples = new byte[40 * 32 * 3];
            for (int i = 0; i < samples.length; i++) {
                int x = i / 3 % 40;
                int y = i / 120;
                samples[i] = (byte)
                        (128 + 90 * Math.sin(x * (0.3 + 0.1 * k)) * Math.cos(0.4 * y + i % 3) + random.nextInt(20));
            }
            Picture picture = Picture.of(new PictureFormat(40, 32, 3, 8), samples);
            AtomicFile.write(
                    pictures.resolve("p" + k + ".png"),
                    out -> ImageWriter.write(picture.rows(), ImageType.PNG, EncodeOptions.defaults(), out));
        }
        Path config = folder.resolve("small.yaml");
        AtomicFile.write(config, out -> out.write(CONFIG.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return config;
    }

    public static TrainConfig config(Path file, Path output, String... more) throws ConfigRefused {
        List<String> overrides = new ArrayList<>(List.of("output=" + output));
        overrides.addAll(List.of(more));
        return TrainConfig.read(file, overrides);
    }

    /** The newest checkpoint's file. */
    static Path newestCheckpoint(Path output) throws IOException {
        try (var files = Files.list(output)) {
            return files.filter(file -> file.getFileName().toString().startsWith("checkpoint-"))
                    .sorted()
                    .toList()
                    .getLast();
        }
    }
}
