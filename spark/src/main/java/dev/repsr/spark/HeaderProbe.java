package dev.repsr.spark;

import dev.repsr.app.CommandFailure;
import dev.repsr.image.ImageType;
import dev.repsr.image.PictureProbe;
import dev.repsr.io.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** Looks at the beginning of each file, so that work can be shared out, and at outputs that an earlier job has entered. */
record HeaderProbe(String root, Broadcast<Settings> settings, Broadcast<SerializableConfiguration> hadoop)
        implements FlatMapFunction<Iterator<Item>, HeaderProbe.Look> {
    /** Of the formats that state their size at the beginning all do within this, but for photographs with large previews. */
    private static final int BEGINNING = 1 << 16;

    /**
     * What was seen of a file.
     *
     * @param pixels that it seems to have
     * @param picture whether it is one by its name or its first bytes
     * @param resumed what an earlier job has made of it; null if it is to be enlarged
     */
    record Look(
            int index,
            long pixels,
            boolean picture,
            @Nullable Outcome resumed) implements Serializable {}

    @Override
    public Iterator<Look> call(Iterator<Item> items) throws IOException, CommandFailure {
        SparkOptions options = settings.value().options();
        Store store = new Store(options.output, hadoop.value().value());
        FileSystem inputs = Store.fileSystem(new Path(root), hadoop.value().value());
        List<Look> looks = new ArrayList<>();
        while (items.hasNext()) {
            Item item = items.next();
            ImageType type = options.upscaling.outputType(item.name());
            looks.add(look(item, inputs, store, settings.value().checksum(type)));
        }
        return looks.iterator();
    }

    private Look look(Item item, FileSystem inputs, Store store, String checksum) {
        Path input = Store.below(new Path(root), item.name());
        boolean named = ImageType.ofName(item.name()).isPresent();
        try (InputStream in = inputs.open(input)) {
            byte[] beginning = in.readNBytes(BEGINNING);
            if (!named && !PictureProbe.beginsLikePicture(beginning)) {
                return new Look(item.index(), 0, false, null);
            }
            long pixels = PictureProbe.pixelsByBeginning(beginning, item.bytes());
            Outcome before = item.before();
            if (before != null
                    && before.settings().equals(checksum)
                    && store.holds(item.output(), before.sha256())
                    && hash(input, inputs).equals(before.input_sha256())) {
                return new Look(item.index(), pixels, true, before.again());
            }
            return new Look(item.index(), pixels, true, null);
        } catch (IOException e) {
            // Whoever enlarges it tells why it cannot be read.
            return new Look(item.index(), item.bytes(), named, null);
        }
    }

    private static String hash(Path input, FileSystem inputs) throws IOException {
        try (InputStream in = inputs.open(input)) {
            return Sha256.hex(in);
        }
    }
}
