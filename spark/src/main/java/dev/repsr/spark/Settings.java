package dev.repsr.spark;

import dev.repsr.UpscaleOptions;
import dev.repsr.Upscaler;
import dev.repsr.app.CommandFailure;
import dev.repsr.app.folder.SettingsChecksum;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.image.ImageType;
import dev.repsr.io.ByteBudget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What every executor has to know of a job, and its upscaler.
 *
 * @param words that the job was started with
 * @param model the model's file where one is named: only the machine that starts the job need have it
 * @param threads for each picture
 * @param checksum of all that decides what an output holds, besides its input and its format
 * @param run name of this job among those that have written to the same place
 */
record Settings(List<String> words, byte @Nullable [] model, int threads, String checksum, String run)
        implements Serializable {
    private static final Map<String, Upscaler> LOADED = new ConcurrentHashMap<>();

    static Settings of(List<String> words, SparkOptions options, Upscaler upscaler, int threads, String run)
            throws IOException {
        byte[] file = null;
        if (options.upscaling.namesModel()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ModelFile.write(upscaler.model(), bytes);
            file = bytes.toByteArray();
        }
        return new Settings(List.copyOf(words), file, threads, SettingsChecksum.of(upscaler), run);
    }

    /** Of all that decides what an output of this format holds; a table's keys do not tell formats apart, as files' names do. */
    String checksum(ImageType type) {
        return checksum + "-" + type.extension();
    }

    SparkOptions options() {
        return SparkOptions.of(words);
    }

    /**
     * The one upscaler of this JVM. All tasks that run at a time share its memory: half of the heap, since the files that are read and
     * what Spark keeps lie beside it.
     */
    Upscaler upscaler() throws IOException, CommandFailure {
        Upscaler there = LOADED.get(run);
        if (there == null) {
            synchronized (LOADED) {
                there = LOADED.get(run);
                if (there == null) {
                    there = load();
                    LOADED.put(run, there);
                }
            }
        }
        return there;
    }

    private Upscaler load() throws IOException, CommandFailure {
        UpscaleOptions otherwise = UpscaleOptions.defaults()
                .withThreads(threads)
                .withMemoryBytes(Runtime.getRuntime().maxMemory() / 2);
        Optional<Model> loaded = model == null
                ? Optional.empty()
                : Optional.of(ModelFile.read(new ByteArrayInputStream(model), "the model"));
        Upscaler upscaler = options().upscaling.upscaler(otherwise, loaded);
        return upscaler.sharing(new ByteBudget(upscaler.options().memoryBytes()));
    }
}
