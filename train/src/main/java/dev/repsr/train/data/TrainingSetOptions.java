package dev.repsr.train.data;

import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.degrade.PhotoDegradation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which pictures are trained on, and how they are kept.
 *
 * @param train folders or archives of originals
 * @param lr folders or archives of their partners, one for each; empty: these are made
 * @param photo how they are made; without it by bicubic
 * @param patch side of an LR patch: pictures that do not hold one are left out
 * @param memory bytes that pictures may take in memory
 * @param file where those go that do not fit
 * @param holdOut number of pictures that are kept apart
 * @param seed of the low-resolution versions of pictures kept apart
 * @param most of the pictures, evenly spread, are read at most
 */
public record TrainingSetOptions(
        List<Path> train,
        List<Path> lr,
        Optional<PhotoDegradation> photo,
        int scale,
        int patch,
        long memory,
        Path file,
        int holdOut,
        long seed,
        int most) {

    /** Keeps copies of the lists. */
    public TrainingSetOptions {
        train = List.copyOf(train);
        lr = List.copyOf(lr);
    }

    /** Those of a process that trains alone. */
    public static TrainingSetOptions of(TrainConfig config) {
        return of(config, 0);
    }

    /** Those of one of several processes, 0 for the first, which share the output folder. */
    public static TrainingSetOptions of(TrainConfig config, int process) {
        TrainConfig.Data data = config.data();
        boolean photo = data.degradation() == TrainConfig.Degradation.PHOTO;
        long memory = data.memoryMib() == 0 ? Runtime.getRuntime().maxMemory() / 2 : (long) data.memoryMib() << 20;
        return new TrainingSetOptions(
                data.train(),
                data.lr(),
                photo ? Optional.of(new PhotoDegradation(config.photo())) : Optional.empty(),
                config.scale(),
                data.patch(),
                memory,
                config.output().resolve(process == 0 ? "pictures.cache" : "pictures-" + process + ".cache"),
                config.validation().holdOut(),
                config.seed(),
                Integer.MAX_VALUE);
    }

    /** The same for some of the pictures, none of them kept apart, all in memory. */
    public TrainingSetOptions atMost(int pictures) {
        return new TrainingSetOptions(train, lr, photo, scale, patch, Long.MAX_VALUE, file, 0, seed, pictures);
    }
}
