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
        long width = Math.max(1, Math.round(input.width() * factor));
        long height = Math.max(1, Math.round(input.height() * factor));
        options.limits().checkOutput(name, width, height);
        PictureFormat output = input.resized((int) width, (int) height);
        int scale = model.scale();
        Treatment treatment = treatment(scale, factor, input, output);
        if (treatment.byNetwork()) {
            options.limits().checkOutput(name, (long) input.width() * scale, (long) input.height() * scale);
        }
        return new JobSteps(model, network, treatment, input, output);
    }

    /** A network runs whenever its scale is the one asked for, and one that does not enlarge whatever is asked for. */
    private static Treatment treatment(int scale, double factor, PictureFormat input, PictureFormat output) {
        if (output.width() == (long) input.width() * scale && output.height() == (long) input.height() * scale) {
            return Treatment.ENLARGED;
        }
        if (factor > 1 || scale == 1) {
            return Treatment.RESAMPLED;
        }
        return output.equals(input) ? Treatment.COPIED : Treatment.REDUCED;
    }

    /** Size of what is resampled: what the network makes, or the input. */
    PictureFormat enlarged() {
        int scale = treatment.byNetwork() ? model.scale() : 1;
        return input.resized(input.width() * scale, input.height() * scale);
    }

    /** The network as these options run it. */
    NetworkRows network(UpscaleOptions options) {
        return new NetworkRows(network, options.ensemble());
    }

    /** The rows of the result; closed together with {@code rows}. */
    PictureRows rows(String name, PictureRows rows, UpscaleOptions options, JobMemory.Share share) throws IOException {
        PictureRows made = treatment.byNetwork() ? enlarged(name, rows, options, share) : rows;
        return treatment.resamples() ? new ResizedRows(made, output.width(), output.height()) : made;
    }

    private PictureRows enlarged(String name, PictureRows rows, UpscaleOptions options, JobMemory.Share share)
            throws IOException {
        NetworkRows enlarging = network(options);
        if (options.selfCheck() == SelfCheckMode.OFF) {
            return enlarging.enlarge(rows, share.threads(), share.bytes());
        }
        SelfCheck check = new SelfCheck(
                name,
                input,
                model.scale(),
                model.checked(network, input, options.ensemble()),
                options.selfCheck() == SelfCheckMode.STRICT);
        return check.output(enlarging.enlarge(check.input(rows), share.threads(), share.bytes()));
    }

    UpscaleResult result(String name, JobOutput target, long memoryBytes, long millis, List<String> warnings) {
        boolean byNetwork = treatment.byNetwork();
        return new UpscaleResult(
                name,
                target.name(),
                target.type(),
                output.width(),
                output.height(),
                treatment,
                byNetwork ? model.model().name() : "",
                byNetwork ? model.scale() : 1,
                byNetwork ? network.engine() : "",
                memoryBytes,
                millis,
                warnings);
    }
}
