package dev.repsr.train.data;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.Picture;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.data.SurveyedPicture.State;
import dev.repsr.train.data.TrainingFileReader.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Looks at every picture as a run would, without keeping any. */
public final class Survey {
    private Survey() {}

    /**
     * All training pictures in their order.
     *
     * @throws ConfigRefused if a place is missing or holds no picture, or a picture has no partner
     */
    public static List<SurveyedPicture> of(TrainingSetOptions options) throws IOException {
        try (PicturePlaces places = new PicturePlaces()) {
            List<TrainingFiles> files = TrainingFiles.of(options, places);
            Set<Integer> held = TrainingFiles.heldOut(files.size(), options.holdOut());
            TrainingFileReader reader = new TrainingFileReader(options);
            return inParallel(files.size(), i -> surveyed(reader.read(files.get(i)), held.contains(i)));
        }
    }

    private static <T> List<T> inParallel(int count, IntFunction<T> function) {
        return IntStream.range(0, count).parallel().mapToObj(function).toList();
    }

    private static SurveyedPicture surveyed(Entry entry, boolean heldOut) {
        State state = switch (entry.outcome()) {
            case GOOD -> State.USED;
            case SMALL -> State.SMALL;
            case UNREADABLE -> State.UNREADABLE;
            case MISFIT -> State.MISFIT;
        };
        List<Picture> pictures = entry.pictures();
        Fingerprint print = pictures.isEmpty() ? null : Fingerprint.of(pictures.getFirst());
        long bytes = pictures.stream().mapToLong(StoredPicture::bytes).sum();
        return new SurveyedPicture(
                entry.files().hr().name(),
                state,
                entry.problem(),
                entry.warnings(),
                entry.format(),
                print,
                heldOut,
                bytes);
    }

    /**
     * A picture of a validation set.
     *
     * @param name what messages call it
     * @param print what it looks like; empty if it cannot be read
     * @param problem why it cannot, one sentence; else empty
     */
    public record Measured(String name, Optional<Fingerprint> print, String problem) {}

    /**
     * All pictures of a folder that a run is measured on.
     *
     * @throws ConfigRefused if there is no such folder or no picture in it
     */
    public static List<Measured> measured(Path folder) throws IOException {
        try (PicturePlaces places = new PicturePlaces()) {
            List<PictureFile> files = places.list(folder);
            return inParallel(files.size(), i -> measured(files.get(i)));
        }
    }

    private static Measured measured(PictureFile file) {
        try {
            return new Measured(
                    file.name(), Optional.of(Fingerprint.of(file.read().picture())), "");
        } catch (ImageRefused e) {
            return new Measured(file.name(), Optional.empty(), String.valueOf(e.getMessage()));
        }
    }
}
