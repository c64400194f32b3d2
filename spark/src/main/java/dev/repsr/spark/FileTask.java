package dev.repsr.spark;

import dev.repsr.OutputRefused;
import dev.repsr.app.CommandFailure;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * One task: enlarges files. Whole outputs of a few seconds are entered in the journal together and then named, so that a journal of
 * millions of pictures is not millions of files; a task that is begun again finds there what it has done before.
 */
record FileTask(String root, Broadcast<Settings> settings, Broadcast<SerializableConfiguration> hadoop)
        implements FlatMapFunction<Iterator<Item>, Outcome> {
    private static final long BATCH_NANOS = 5_000_000_000L;
    private static final int BATCH_PICTURES = 1000;

    @Override
    public Iterator<Outcome> call(Iterator<Item> items) throws IOException, CommandFailure {
        return new Work().all(items);
    }

    /** The task on its executor. */
    private final class Work {
        private final Store store =
                new Store(settings.value().options().output, hadoop.value().value());
        private final FileSystem inputs =
                Store.fileSystem(new Path(root), hadoop.value().value());
        private final Pictures pictures = new Pictures(settings.value());
        private final boolean overwrite = settings.value().options().overwrite;
        private final String entries =
                settings.value().run() + "-" + TaskContext.get().partitionId() + "-";
        private final List<Outcome> outcomes = new ArrayList<>();
        private final List<Made> batch = new ArrayList<>();
        private long batchBegan = System.nanoTime();
        private int batches;

        /** An output that is whole and has no name yet. */
        private record Made(Item item, Outcome outcome, Store.Part part) {}

        Work() throws IOException, CommandFailure {}

        Iterator<Outcome> all(Iterator<Item> items) throws IOException {
            Map<String, Outcome> earlier = TaskContext.get().attemptNumber() == 0 ? Map.of() : earlier();
            while (items.hasNext()) {
                Item item = items.next();
                Outcome before = earlier.get(item.output());
                if (before != null && store.holds(item.output(), before.sha256())) {
                    outcomes.add(before.again());
                } else {
                    enlarge(item);
                }
                if (batch.size() >= BATCH_PICTURES || System.nanoTime() - batchBegan > BATCH_NANOS) {
                    commit();
                }
            }
            commit();
            return outcomes.iterator();
        }

        private void enlarge(Item item) throws IOException {
            Path input = Store.below(new Path(root), item.name());
            Store.Part[] part = new Store.Part[1];
            Outcome outcome = pictures.enlarge(item, input.toString(), () -> read(item, input), content -> {
                part[0] = store.write(content);
                return part[0].sha256();
            });
            if (outcome.refused() == null) {
                batch.add(new Made(item, outcome, part[0]));
            } else {
                outcomes.add(outcome);
            }
        }

        private byte[] read(Item item, Path input) throws IOException {
            if (store.exists(item.output())) {
                store.refuse(item.output(), overwrite);
            }
            try (InputStream in = inputs.open(input)) {
                return ImageReader.readAll(
                        in, input.toString(), pictures.upscaler().options().limits());
            } catch (ImageRefused e) {
                throw e;
            } catch (IOException e) {
                throw new ImageRefused(ImageRefused.Reason.MISSING, input + " cannot be opened: " + e.getMessage(), e);
            }
        }

        private void commit() throws IOException {
            if (!batch.isEmpty()) {
                String entry = entries + TaskContext.get().taskAttemptId() + "-" + batches++ + ".json";
                store.enter(
                        entry, batch.stream().map(made -> made.outcome().json()).toList());
                for (Made made : batch) {
                    outcomes.add(publish(made));
                }
                batch.clear();
            }
            batchBegan = System.nanoTime();
        }

        private Outcome publish(Made made) throws IOException {
            try {
                store.publish(made.part(), made.item().output(), overwrite);
                return made.outcome();
            } catch (OutputRefused e) {
                return Outcome.refused(made.item(), e);
            }
        }

        /** What an earlier attempt at this task, on an executor that was lost, has entered. */
        private Map<String, Outcome> earlier() throws IOException {
            Map<String, Outcome> found = new HashMap<>();
            FileStatus[] files = store.files().globStatus(new Path(store.journal(), entries + "*"));
            for (FileStatus file : files == null ? new FileStatus[0] : files) {
                try (InputStream in = store.files().open(file.getPath())) {
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .forEach(line -> Outcome.of(line)
                                    .ifPresent(outcome -> found.put(String.valueOf(outcome.output()), outcome)));
                }
            }
            return found;
        }
    }
}
