package dev.repsr;

import dev.repsr.image.ImageLimits;
import dev.repsr.image.ReadOptions;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How pictures are enlarged. Immutable; begin with {@link #defaults()}.
 *
 * @param threads threads that compute one picture, at least 1
 * @param engine "auto", or the name of one engine: "winograd", "direct" or "scalar"
 * @param memoryBytes limit of a job's own buffers (picture and bands); a job that needs more is refused with the number
 * @param limits sizes of pictures that are accepted
 * @param jpegQuality of JPEG and WebP, 1 to 100
 * @param overwrite whether an existing output is replaced
 * @param strict whether a damaged but readable picture is refused; otherwise it is enlarged with a warning
 * @param metadata what of profile, density, EXIF, XMP and IPTC is kept
 * @param decodeTime how long decoding one picture may take, its network's time not counted. Decoders that cannot be stopped run
 *     in a process of their own then. Null: such decoders are given up after {@link ReadOptions#PATIENCE}
 * @param target how large pictures are to become
 * @param selfCheck what is asked of each enlarged picture before its file gets its name
 * @param ensemble whether the network's results for the eight flips and rotations of a picture are averaged, in somewhat more than
 *     eight times the time
 */
public record UpscaleOptions(
        int threads,
        String engine,
        long memoryBytes,
        ImageLimits limits,
        int jpegQuality,
        boolean overwrite,
        boolean strict,
        MetadataChoice metadata,
        @Nullable Duration decodeTime,
        TargetSize target,
        SelfCheckMode selfCheck,
        boolean ensemble) {

    /** Quality of JPEG output unless asked otherwise. */
    public static final int DEFAULT_JPEG_QUALITY = 95;

    /** Checks the ranges. */
    public UpscaleOptions {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; at least 1 is needed");
        }
        if (memoryBytes < 1) {
            throw new IllegalArgumentException(memoryBytes + " bytes of memory");
        }
        if (jpegQuality < 1 || jpegQuality > 100) {
            throw new IllegalArgumentException("JPEG quality " + jpegQuality + " is not in 1 to 100");
        }
    }

    /**
     * All cores, the best engine, three quarters of Java's heap, {@link ImageLimits#defaults()}, no overwriting, lenient, as large
     * as the network makes it, checked, one run of the network.
     */
    public static UpscaleOptions defaults() {
        Runtime runtime = Runtime.getRuntime();
        return new UpscaleOptions(
                runtime.availableProcessors(),
                "auto",
                runtime.maxMemory() / 4 * 3,
                ImageLimits.defaults(),
                DEFAULT_JPEG_QUALITY,
                false,
                false,
                MetadataChoice.ALL,
                null,
                TargetSize.OF_THE_NETWORK,
                SelfCheckMode.ON,
                false);
    }

    /** The same with another number of threads. */
    public UpscaleOptions withThreads(int newThreads) {
        return with(values -> values.threads = newThreads);
    }

    /** The same with another engine. */
    public UpscaleOptions withEngine(String newEngine) {
        return with(values -> values.engine = newEngine);
    }

    /** The same with another limit of a job's buffers. */
    public UpscaleOptions withMemoryBytes(long newMemoryBytes) {
        return with(values -> values.memoryBytes = newMemoryBytes);
    }

    /** The same with other limits of size. */
    public UpscaleOptions withLimits(ImageLimits newLimits) {
        return with(values -> values.limits = newLimits);
    }

    /** The same with another JPEG quality. */
    public UpscaleOptions withJpegQuality(int newJpegQuality) {
        return with(values -> values.jpegQuality = newJpegQuality);
    }

    /** The same, replacing existing outputs or not. */
    public UpscaleOptions withOverwrite(boolean newOverwrite) {
        return with(values -> values.overwrite = newOverwrite);
    }

    /** The same, refusing damaged pictures or not. */
    public UpscaleOptions withStrict(boolean newStrict) {
        return with(values -> values.strict = newStrict);
    }

    /** The same with another size to reach. */
    public UpscaleOptions withTarget(TargetSize newTarget) {
        return with(values -> values.target = newTarget);
    }

    /** The same with another self-check. */
    public UpscaleOptions withSelfCheck(SelfCheckMode newSelfCheck) {
        return with(values -> values.selfCheck = newSelfCheck);
    }

    /** The same, averaging the eight flips and rotations of each picture or not. */
    public UpscaleOptions withEnsemble(boolean newEnsemble) {
        return with(values -> values.ensemble = newEnsemble);
    }

    /** Whether no metadata is kept. */
    public boolean strip() {
        return metadata == MetadataChoice.NONE;
    }

    /** The same, leaving all metadata out, or none. */
    public UpscaleOptions withStrip(boolean newStrip) {
        return withMetadata(newStrip ? MetadataChoice.NONE : MetadataChoice.ALL);
    }

    /** The same, keeping other metadata. */
    public UpscaleOptions withMetadata(MetadataChoice newMetadata) {
        return with(values -> values.metadata = newMetadata);
    }

    /** The same with another time for decoding; null: {@link ReadOptions#PATIENCE} for decoders that are not ours. */
    public UpscaleOptions withDecodeTime(@Nullable Duration newDecodeTime) {
        return with(values -> values.decodeTime = newDecodeTime);
    }

    private UpscaleOptions with(Consumer<Values> change) {
        Values values = new Values(this);
        change.accept(values);
        return values.options();
    }

    /** How pictures are read. */
    ReadOptions reading() {
        return new ReadOptions(limits, memoryBytes, decodeTime);
    }

    /** The same values, to be changed. */
    private static final class Values {
        private int threads;
        private String engine;
        private long memoryBytes;
        private ImageLimits limits;
        private int jpegQuality;
        private boolean overwrite;
        private boolean strict;
        private MetadataChoice metadata;
        private @Nullable Duration decodeTime;
        private TargetSize target;
        private SelfCheckMode selfCheck;
        private boolean ensemble;

        Values(UpscaleOptions options) {
            threads = options.threads;
            engine = options.engine;
            memoryBytes = options.memoryBytes;
            limits = options.limits;
            jpegQuality = options.jpegQuality;
            overwrite = options.overwrite;
            strict = options.strict;
            metadata = options.metadata;
            decodeTime = options.decodeTime;
            target = options.target;
            selfCheck = options.selfCheck;
            ensemble = options.ensemble;
        }

        UpscaleOptions options() {
            return new UpscaleOptions(
                    threads,
                    engine,
                    memoryBytes,
                    limits,
                    jpegQuality,
                    overwrite,
                    strict,
                    metadata,
                    decodeTime,
                    target,
                    selfCheck,
                    ensemble);
        }
    }
}
