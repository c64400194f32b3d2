package dev.repsr.train.data;

import dev.repsr.io.Sha256;
import dev.repsr.train.config.ConfigRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The training pictures, each decoded once, in the order of their places. */
public final class TrainingSet implements AutoCloseable {
    private final List<TrainingPicture> pictures;
    private final List<HeldOutPicture> heldOut;
    private final PictureStore store;

    private TrainingSet(List<TrainingPicture> pictures, List<HeldOutPicture> heldOut, PictureStore store) {
        this.pictures = List.copyOf(pictures);
        this.heldOut = List.copyOf(heldOut);
        this.store = store;
    }

    /**
     * Reads all pictures.
     *
     * @param warning takes a sentence for each picture that is left out, and for what else is to be known
     * @throws ConfigRefused if a folder is missing or holds no picture, if more than one in a hundred cannot be read, if a
     *     pair does not fit, or if no picture is large enough
     * @throws IOException if pictures that do not fit into memory cannot be written to their file
     */
    public static TrainingSet load(TrainingSetOptions options, Consumer<String> warning) throws IOException {
        PictureStore store = new PictureStore(options.memory(), options.file());
        try (PicturePlaces places = new PicturePlaces()) {
            DecodedGroups groups = new DecodedGroups(TrainingFiles.of(options, places), options, warning);
            List<List<StoredPicture>> kept = store.keep(groups);
            groups.requireGood(kept.size());
            if (store.spilled() > 0) {
                warning.accept("the training pictures take more than the "
                        + (options.memory() >> 20) + " MiB of data.memory_mib; the other "
                        + ((store.spilled() >> 20) + 1) + " MiB are read from a file in "
                        + options.file().getParent() + " as long as this runs");
            }
            List<TrainingPicture> pictures = new ArrayList<>();
            kept.forEach(group -> pictures.add(picture(group, options)));
            return new TrainingSet(pictures, groups.heldOut(), store);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** As a run without anything special does: bicubic, in memory. */
    static TrainingSet load(List<Path> folders, int scale, int patch, Consumer<String> warning) throws IOException {
        Path file = Path.of("pictures.cache");
        return load(
                new TrainingSetOptions(
                                folders, List.of(), Optional.empty(), scale, patch, 0, file, 0, 0, Integer.MAX_VALUE)
                        .atMost(Integer.MAX_VALUE),
                warning);
    }

    private static TrainingPicture picture(List<StoredPicture> group, TrainingSetOptions options) {
        return options.photo()
                .<TrainingPicture>map(photo -> new SpoiltPicture(group.getFirst(), photo))
                .orElseGet(() -> new TrainingPair(
                        group.getFirst(), group.getLast(), !options.lr().isEmpty()));
    }

    /** Whether a patch takes much computation. */
    boolean costly() {
        return pictures.getFirst() instanceof SpoiltPicture;
    }

    /** Number of pictures. */
    public int size() {
        return pictures.size();
    }

    /** The pictures that were kept apart. */
    public List<HeldOutPicture> heldOut() {
        return heldOut;
    }

    /**
     * SHA-256 over sizes and samples of all pictures in their order, 64 hexadecimal digits: with the configuration, all that
     * decides what a run computes.
     */
    public String digest() {
        // A digest of digests, so that the pictures can be taken in parallel.
        MessageDigest whole = Sha256.digest();
        pictures.parallelStream().map(TrainingPicture::digest).toList().forEach(whole::update);
        return Sha256.hex(whole);
    }

    TrainingPicture get(int index) {
        return pictures.get(index);
    }

    /** Gives the memory back; no patch can be drawn any more. */
    @Override
    public void close() throws IOException {
        store.close();
    }
}
