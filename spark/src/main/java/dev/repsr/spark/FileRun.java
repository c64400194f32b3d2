package dev.repsr.spark;

import dev.repsr.OutputRefused;
import dev.repsr.Upscaler;
import dev.repsr.app.CommandFailure;
import dev.repsr.app.ExitCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A job on files. Their names are listed here, their headers probed and the files enlarged by tasks. Spark's source {@code binaryFile} is
 * not used: it puts whole files into rows before anything could refuse them by their size or first bytes, and shares them out by bytes.
 */
final class FileRun {
    private final JavaSparkContext context;
    private final Configuration hadoop;
    private final SparkOptions options;
    private final Upscaler upscaler;
    private final Settings settings;
    private int passedOver;

    FileRun(SparkSession spark, SparkOptions options, Upscaler upscaler, Settings settings) {
        this.context = new JavaSparkContext(spark.sparkContext());
        this.hadoop = context.hadoopConfiguration();
        this.options = options;
        this.upscaler = upscaler;
        this.settings = settings;
    }

    /** Files that are no picture. */
    int passedOver() {
        return passedOver;
    }

    /** Enlarges everything; what became of each. */
    List<Outcome> run() throws IOException, CommandFailure {
        Path input = new Path(options.input);
        FileSystem inputs = Store.fileSystem(input, hadoop);
        Path root = inputs.makeQualified(input);
        List<Found> found = list(inputs, root);
        Store store = new Store(options.output, hadoop);
        if (store.files().makeQualified(store.output(".")).equals(root)) {
            throw CommandFailure.usage("OUT is the folder that is read; name another one");
        }
        makeFolder(store);
        Path from = found.size() == 1 && found.getFirst().name().isEmpty() ? root.getParent() : root;
        List<Outcome> outcomes = new ArrayList<>();
        List<Item> items = items(found, root, store, outcomes);
        Broadcast<Settings> shared = context.broadcast(settings);
        Broadcast<SerializableConfiguration> configuration = context.broadcast(new SerializableConfiguration(hadoop));
        List<Packs.Weighed> weighed = weigh(items, new HeaderProbe(from.toString(), shared, configuration), outcomes);
        List<List<Item>> packs = Packs.of(weighed, context.defaultParallelism());
        if (!packs.isEmpty()) {
            outcomes.addAll(context.parallelize(packs, packs.size())
                    .flatMap(List::iterator)
                    .mapPartitions(new FileTask(from.toString(), shared, configuration))
                    .collect());
        }
        store.files().delete(store.parts(), true);
        return outcomes;
    }

    /** A file below IN; without a name if it is IN. */
    private record Found(String name, long bytes) {}

    private List<Found> list(FileSystem inputs, Path root) throws IOException, CommandFailure {
        String top = root.toUri().getPath();
        String own = inputs.makeQualified(new Path(options.output)).toUri().getPath() + "/";
        List<Found> found = new ArrayList<>();
        Deque<Path> folders = new ArrayDeque<>(List.of(root));
        try {
            while (!folders.isEmpty()) {
                // Not listFiles: on a local disk it would ask for each file's owner, by a process of its own.
                for (FileStatus file : inputs.listStatus(folders.removeFirst())) {
                    String path = file.getPath().toUri().getPath();
                    String name =
                            path.equals(top) ? "" : path.substring(top.endsWith("/") ? top.length() : top.length() + 1);
                    if (isHidden(name) || (path + "/").startsWith(own)) {
                        continue;
                    }
                    if (file.isFile()) {
                        found.add(new Found(name, file.getLen()));
                    } else if (options.recursive) {
                        folders.add(file.getPath());
                    }
                }
            }
        } catch (FileNotFoundException e) {
            throw new CommandFailure(ExitCode.REFUSED, "There is no file or folder " + options.input);
        }
        found.sort(Comparator.comparing(Found::name));
        return found;
    }

    /** As Spark and Hadoop see it. */
    private static boolean isHidden(String name) {
        String parts = "/" + name;
        return parts.contains("/.") || parts.contains("/_");
    }

    private void makeFolder(Store store) throws IOException {
        // What an earlier job, killed, has left without a name.
        store.files().delete(store.parts(), true);
        try {
            store.files().mkdirs(store.parts());
        } catch (IOException e) {
            throw new IOException("Cannot make the folder " + options.output + ": " + e.getMessage(), e);
        }
    }

    private List<Item> items(List<Found> found, Path root, Store store, List<Outcome> refused)
            throws IOException, CommandFailure {
        Map<String, Outcome> journal = options.noResume ? Map.of() : journal(store);
        Map<String, String> inputOf = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (Found file : found) {
            String name = file.name().isEmpty() ? root.getName() : file.name();
            String folder = name.substring(0, name.lastIndexOf('/') + 1);
            String output = folder + options.upscaling.outputName(name.substring(folder.length()), upscaler);
            Item item = new Item(items.size(), name, file.bytes(), output, journal.get(output));
            String other = inputOf.putIfAbsent(output, name);
            if (other == null) {
                items.add(item);
            } else {
                refused.add(Outcome.refused(
                        item,
                        new OutputRefused(
                                OutputRefused.Reason.TAKEN,
                                name + " would become " + output + ", as " + other
                                        + " does; give one of them another name")));
            }
        }
        return items;
    }

    private Map<String, Outcome> journal(Store store) throws IOException {
        Map<String, Outcome> entries = new HashMap<>();
        if (store.files().exists(store.journal())) {
            String folder = store.files().makeQualified(store.journal()).toString();
            // Its files are small and many; this reads several in a task.
            for (String text : context.wholeTextFiles(folder, context.defaultParallelism())
                    .values()
                    .collect()) {
                text.lines()
                        .forEach(line -> Outcome.of(line)
                                .ifPresent(entry -> entries.put(String.valueOf(entry.output()), entry)));
            }
        }
        return entries;
    }

    private List<Packs.Weighed> weigh(List<Item> items, HeaderProbe probe, List<Outcome> resumed) {
        if (items.isEmpty()) {
            return List.of();
        }
        int tasks = Math.clamp(items.size() / 64, 1, 8 * context.defaultParallelism());
        List<Packs.Weighed> weighed = new ArrayList<>();
        for (HeaderProbe.Look look :
                context.parallelize(items, tasks).mapPartitions(probe).collect()) {
            if (look.resumed() != null) {
                resumed.add(look.resumed());
            } else if (look.picture()) {
                weighed.add(new Packs.Weighed(items.get(look.index()), look.pixels()));
            } else {
                passedOver++;
            }
        }
        return weighed;
    }
}
