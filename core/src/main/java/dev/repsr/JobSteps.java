package dev.repsr;

import dev.repsr.check.SelfCheck;
import dev.repsr.engine.NetworkRows;
import dev.repsr.engine.RowNetwork;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import dev.repsr.image.ResizedRows;
import java.io.IOException;
import java.util.List;

/**
 * What is done with a picture of one size: the network that fits, then a resampling step where the network's scale is not the
 * size that was asked for.
 *
 * @param network of the model, as it runs pictures of this size
 * @param output size of the result
 */
record JobSteps(LoadedModel model, RowNetwork network, Treatment treatment, PictureFormat input, PictureFormat output) {

    /** @throws dev.repsr.image.ImageRefused if the result would be beyond the limits */
    static JobSteps of(String name, UpscaleOptions options, LoadedModels models, PictureFormat input)
            throws IOException {
        double factor = options.target()
                .factor(input.width(), input.height(), models.usual().scale());
        LoadedModel model = models.fitting(factor);
        RowNetwork network = model.network().forPicture(input.width(), input.height());
        if (factor <= 1) {
            return new JobSteps(model, network, Treatment.COPIED, input, input);
        }
        long width = Math.max(1, Math.round(input.width() * factor));
        long height = Math.max(1, Math.round(input.height() * factor));
        options.limits().checkOutput(name, width, height);
        int scale = model.scale();
        options.limits().checkOutput(name, (long) input.width() * scale, (long) input.height() * scale);
        boolean exact = width == (long) input.width() * scale && height == (long) input.height() * scale;
        return new JobSteps(
                model,
                network,
                exact ? Treatment.ENLARGED : Treatment.RESAMPLED,
                input,
                input.resized((int) width, (int) height));
    }

    /** Size of what the network makes. */
    PictureFormat enlarged() {
        return input.resized(input.width() * model.scale(), input.height() * model.scale());
    }

    /** The network as these options run it. */
    NetworkRows network(UpscaleOptions options) {
        return new NetworkRows(network, options.ensemble());
    }

    /** The rows of the result; closed together with {@code rows}. */
    PictureRows rows(String name, PictureRows rows, UpscaleOptions options, JobMemory.Share share) throws IOException {
        if (treatment == Treatment.COPIED) {
            return rows;
        }
        NetworkRows enlarging = network(options);
        PictureRows enlarged;
        if (options.selfCheck()) {
            SelfCheck check = new SelfCheck(name, input, model.scale());
            enlarged = check.output(enlarging.enlarge(check.input(rows), share.threads(), share.bytes()));
        } else {
            enlarged = enlarging.enlarge(rows, share.threads(), share.bytes());
        }
        return treatment == Treatment.RESAMPLED ? new ResizedRows(enlarged, output.width(), output.height()) : enlarged;
    }

    UpscaleResult result(String name, JobOutput target, long memoryBytes, long millis, List<String> warnings) {
        boolean copied = treatment == Treatment.COPIED;
        return new UpscaleResult(
                name,
                target.name(),
                target.type(),
                output.width(),
                output.height(),
                treatment,
                copied ? "" : model.model().name(),
                copied ? 1 : model.scale(),
                copied ? "" : network.engine(),
                memoryBytes,
                millis,
                warnings);
    }
}
