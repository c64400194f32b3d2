package dev.repsr;

import dev.repsr.image.ClampedRows;
import dev.repsr.image.Condition;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import dev.repsr.image.ResizedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is done with a picture of one size: the network that fits, or two in turn, then a resampling step where their scale is not the
 * size that was asked for.
 *
 * @param chosen the networks, first to last; at least one, also where none runs
 * @param choice what the picture looked like, where that decided which models run; else empty
 * @param output size of the result
 */
record JobSteps(
        List<NetworkStep> chosen, String choice, Treatment treatment, PictureFormat input, PictureFormat output) {

    /** Looks at the picture, where that decides which model runs. */
    @FunctionalInterface
    interface Look {
        Condition condition() throws IOException;
    }

    /** @throws dev.repsr.image.ImageRefused if the result would be beyond the limits */
    static JobSteps of(String name, UpscaleOptions options, LoadedModels models, PictureFormat input, Look look)
            throws IOException {
        double factor = options.target()
                .factor(input.width(), input.height(), models.usual().scale());
        long width = Math.max(1, Math.round(input.width() * factor));
        long height = Math.max(1, Math.round(input.height() * factor));
        options.limits().checkOutput(name, width, height);
        PictureFormat output = input.resized((int) width, (int) height);
        List<LoadedModel> fitting = new ArrayList<>(models.fitting(factor));
        int scale = fitting.stream().mapToInt(LoadedModel::scale).reduce(1, Math::multiplyExact);
        Treatment treatment = treatment(scale, factor, input, output);
        if (treatment.byNetwork()) {
            options.limits().checkOutput(name, (long) input.width() * scale, (long) input.height() * scale);
        }
        String choice = "";
        if (treatment.byNetwork() && models.hasPhoto(fitting.getFirst().scale())) {
            Condition condition = look.condition();
            choice = condition.words();
            if (condition.isPoor()) {
                // What comes after it gets a clean picture.
                fitting.set(0, models.photo(fitting.getFirst().scale()));
            }
        }
        List<NetworkStep> chosen = new ArrayList<>();
        for (LoadedModel model : fitting) {
            chosen.add(NetworkStep.of(
                    model, chosen.isEmpty() ? input : chosen.getLast().output()));
        }
        return new JobSteps(chosen, choice, treatment, input, output);
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

    /** The networks that run; none where the picture is reduced or copied. */
    List<NetworkStep> networks() {
        return treatment.byNetwork() ? chosen : List.of();
    }

    /** Names of the chosen models, in turn. */
    String models() {
        return chosen.stream().map(step -> step.model().model().name()).collect(Collectors.joining(" then "));
    }

    /** What the last of the chosen networks, which has the most to do, runs on. */
    String engine() {
        return chosen.getLast().network().engine();
    }

    /** Size of what is resampled: what the networks make, or the input. */
    PictureFormat enlarged() {
        return treatment.byNetwork() ? chosen.getLast().output() : input;
    }

    /** The rows of the result; closed together with {@code rows}. */
    PictureRows rows(String name, PictureRows rows, UpscaleOptions options, JobMemory.Share share) throws IOException {
        PictureRows made = rows;
        for (int i = 0; i < networks().size(); i++) {
            PictureRows taken = i == 0 ? made : new ClampedRows(made);
            made = networks()
                    .get(i)
                    .enlarge(
                            name, taken, options, share.threads(), share.bytes().get(i));
        }
        return treatment.resamples() ? new ResizedRows(made, output.width(), output.height()) : made;
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
                byNetwork ? models() : "",
                networks().stream().mapToInt(NetworkStep::scale).reduce(1, Math::multiplyExact),
                byNetwork ? engine() : "",
                choice,
                memoryBytes,
                millis,
                warnings);
    }
}
