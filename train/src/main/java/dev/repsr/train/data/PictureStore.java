package dev.repsr.train.data;

import dev.repsr.image.Picture;
import dev.repsr.io.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Keeps decoded pictures: in memory up to a limit, the others in a file that is mapped, so that each is decoded once and the
 * system holds in memory what of the file fits. The file goes away with the process that made it, however that ends.
 */
final class PictureStore implements AutoCloseable {
    private final long limit;
    private final Path file;
    private final Arena arena = Arena.ofShared();
    private long used;
    private long spilled;

    /** @param limit bytes in memory */
    PictureStore(long limit, Path file) {
        this.limit = limit;
        this.file = file;
    }

    /** Where a picture lies in the file. */
    private record Slot(int width, int height, long offset) {}

    /**
     * Keeps all pictures of all groups; called once.
     *
     * @param groups asked for one after the other, so that they need not all be in memory
     * @throws IOException if the file cannot be written
     */
    List<List<StoredPicture>> keep(Iterator<List<Picture>> groups) throws IOException {
        List<List<StoredPicture>> kept = new ArrayList<>();
        while (groups.hasNext()) {
            List<Picture> group = groups.next();
            long size = group.stream().mapToLong(StoredPicture::bytes).sum();
            if (used + size > limit) {
                kept.addAll(spill(group, groups));
                break;
            }
            used += size;
            kept.add(group.stream().map(StoredPicture::inMemory).toList());
        }
        return kept;
    }

    /** Bytes that went to the file. */
    long spilled() {
        return spilled;
    }

    private List<List<StoredPicture>> spill(List<Picture> first, Iterator<List<Picture>> rest) throws IOException {
        List<List<Slot>> slots = new ArrayList<>();
        AtomicFile.write(file, out -> {
            slots.add(write(first, out));
            while (rest.hasNext()) {
                slots.add(write(rest.next(), out));
            }
        });
        MemorySegment mapped;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, spilled, arena);
        }
        if (File.separatorChar == '/') {
            // The mapping keeps the contents until it is closed. Windows allows this only afterwards.
            Files.delete(file);
        }
        return slots.stream()
                .map(group -> group.stream()
                        .map(slot -> new StoredPicture(
                                slot.width, slot.height, mapped.asSlice(slot.offset, 3L * slot.width * slot.height)))
                        .toList())
                .toList();
    }

    private List<Slot> write(List<Picture> group, OutputStream out) throws IOException {
        List<Slot> slots = new ArrayList<>();
        for (Picture picture : group) {
            slots.add(new Slot(picture.width(), picture.height(), spilled));
            double[] values = new double[3 * picture.width()];
            byte[] row = new byte[values.length];
            for (int y = 0; y < picture.height(); y++) {
                StoredPicture.copyRow(picture, y, values, row, 0);
                out.write(row);
            }
            spilled += StoredPicture.bytes(picture);
        }
        return slots;
    }

    @Override
    public void close() throws IOException {
        arena.close();
        if (spilled > 0) {
            Files.deleteIfExists(file);
        }
    }
}
