package dev.repsr.train.data;

import dev.repsr.image.Picture;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.ConfigRefused.Kind;
import dev.repsr.train.data.TrainingFileReader.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/** Decodes training files a few at a time on all processors, and hands on the good ones in their order. */
final class DecodedGroups implements Iterator<List<Picture>> {
    private static final double MAX_BAD_SHARE = 0.01;
    private static final int CHUNK = 32;

    private final List<TrainingFiles> files;
    private final TrainingSetOptions options;
    private final TrainingFileReader reader;
    private final Consumer<String> warning;
    private final Set<Integer> held;
    private final Queue<List<Picture>> ready = new ArrayDeque<>();
    private final List<HeldOutPicture> heldOut = new ArrayList<>();
    private final List<String> misfits = new ArrayList<>();
    private final List<String> grey = new ArrayList<>();
    private final List<String> deep = new ArrayList<>();
    private int done;
    private int unreadable;

    /** @throws ConfigRefused if nothing would be left to train on */
    DecodedGroups(List<TrainingFiles> files, TrainingSetOptions options, Consumer<String> warning)
            throws ConfigRefused {
        this.files = files;
        this.options = options;
        this.warning = warning;
        reader = new TrainingFileReader(options);
        if (options.holdOut() >= files.size()) {
            throw new ConfigRefused(
                    Kind.DATA,
                    "validation.hold_out " + options.holdOut() + " leaves none of the " + files.size()
                            + " training pictures");
        }
        held = TrainingFiles.heldOut(files.size(), options.holdOut());
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && done < files.size()) {
            List<TrainingFiles> chunk = files.subList(done, Math.min(done + CHUNK, files.size()));
            chunk.parallelStream().map(reader::read).toList().forEach(this::take);
        }
        return !ready.isEmpty();
    }

    @Override
    public List<Picture> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private void take(Entry entry) {
        int index = done++;
        switch (entry.outcome()) {
            case GOOD -> takeGood(entry, index);
            case SMALL -> warning.accept(entry.problem());
            case UNREADABLE -> {
                unreadable++;
                warning.accept(entry.problem());
            }
            case MISFIT -> misfits.add(entry.problem());
        }
    }

    private void takeGood(Entry entry, int index) {
        entry.warnings().forEach(warning);
        String name = entry.files().hr().name();
        if (Objects.requireNonNull(entry.format()).colourChannels() == 1) {
            grey.add(name);
        }
        if (entry.format().bitDepth() == 16) {
            deep.add(name);
        }
        if (held.contains(index)) {
            heldOut.add(reader.heldOut(entry, index));
        } else {
            ready.add(entry.pictures());
        }
    }

    List<HeldOutPicture> heldOut() {
        return heldOut;
    }

    /**
     * After all have been taken: says what was odd, and refuses what cannot be trained on.
     *
     * @param used number of pictures to train on
     */
    void requireGood(int used) throws ConfigRefused {
        if (!misfits.isEmpty()) {
            String more = misfits.size() == 1 ? "" : " (and " + (misfits.size() - 1) + " other pairs do not fit)";
            throw new ConfigRefused(Kind.DATA, misfits.getFirst() + more);
        }
        if (unreadable > MAX_BAD_SHARE * files.size()) {
            throw new ConfigRefused(
                    Kind.DATA,
                    unreadable + " of " + files.size() + " training pictures cannot be read; remove or mend them");
        }
        if (used == 0) {
            int side = options.patch() * options.scale();
            throw new ConfigRefused(
                    Kind.DATA,
                    "none of the " + files.size() + " training pictures is at least " + side
                            + " pixels wide and high, which data.patch " + options.patch() + " at scale "
                            + options.scale() + " needs");
        }
        tell(grey, "grey, read as red = green = blue");
        tell(deep, "of 16 bits a sample, rounded to 8");
    }

    private void tell(List<String> names, String what) {
        if (!names.isEmpty()) {
            String more = names.size() == 1 ? "" : " and " + (names.size() - 1) + " other training pictures are";
            warning.accept(names.getFirst() + (names.size() == 1 ? " is " : more + " ") + what);
        }
    }
}
