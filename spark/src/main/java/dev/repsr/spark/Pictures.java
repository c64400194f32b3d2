package dev.repsr.spark;

import dev.repsr.UpscaleJob;
import dev.repsr.UpscalePlan;
import dev.repsr.UpscaleResult;
import dev.repsr.Upscaler;
import dev.repsr.app.CommandFailure;
import dev.repsr.app.ExitCode;
import dev.repsr.app.Failures;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.io.Sha256;
import java.io.IOException;
import java.io.OutputStream;

/** Enlarges pictures on an executor. What is wrong with a picture becomes a row; what is wrong with the place to write to is thrown. */
final class Pictures {
    private final Upscaler upscaler;
    private final SparkOptions options;
    private final Settings settings;

    Pictures(Settings settings) throws IOException, CommandFailure {
        this.upscaler = settings.upscaler();
        this.options = settings.options();
        this.settings = settings;
    }

    Upscaler upscaler() {
        return upscaler;
    }

    /** Where an input's bytes come from. */
    @FunctionalInterface
    interface Source {
        /** All bytes of a picture file, no more than the limits allow. */
        byte[] read() throws IOException;
    }

    /** Where a result goes. */
    @FunctionalInterface
    interface Target {
        /** Lets the content be written, and returns its checksum. */
        String write(Store.Content content) throws IOException;
    }

    /**
     * Enlarges one.
     *
     * @param name for messages
     * @throws IOException if the output cannot be written, or the task was stopped
     */
    Outcome enlarge(Item item, String name, Source source, Target target) throws IOException {
        try {
            ImageType type = options.upscaling.outputType(item.name());
            byte[] file = source.read();
            String inputHash = Sha256.hex(file);
            UpscaleJob job = upscaler.upscale(file, name);
            UpscalePlan plan = job.plan(type);
            UpscaleResult[] result = new UpscaleResult[1];
            String hash = target.write((OutputStream out) -> result[0] = job.to(out, type));
            return Outcome.enlarged(
                    item,
                    result[0],
                    plan.input().width(),
                    plan.input().height(),
                    inputHash,
                    hash,
                    settings.checksum(type));
        } catch (IOException e) {
            int code = Failures.exitCode(e);
            if (code == ExitCode.FAILED || code == ExitCode.STOPPED) {
                throw e;
            }
            return Outcome.refused(item, e);
        } catch (CommandFailure | RuntimeException e) {
            return Outcome.refused(item, e);
        } catch (OutOfMemoryError e) {
            return Outcome.refused(
                    item,
                    new ImageRefused(
                            ImageRefused.Reason.TOO_LARGE,
                            name + " needs more memory than there is; give executors more with spark.executor.memory",
                            e));
        }
    }
}
