package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.OutputRefused;
import dev.repsr.UpscaleOptions;
import dev.repsr.engine.Engine;
import dev.repsr.engine.Engines;
import dev.repsr.engine.NetworkRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.format.Model;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureRows;
import dev.repsr.io.AtomicFile;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.metric.SetScore;
import dev.repsr.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a model on folders of originals. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Measure a model: PSNR and SSIM on folders of originals.",
        description = {
            "",
            "Originals are cropped to a multiple of the scale and reduced by MATLAB's bicubic, unless --lr names the"
                    + " reduced pictures. A border of as many pixels as the scale does not count; Y is that of"
                    + " MATLAB's rgb2ycbcr. Bicubic enlargement is measured beside the model. A picture that cannot be"
                    + " measured is listed at the end; the others are measured.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr evaluate -m repsr-m4c16-x2 --hr Set5 -s 2",
            "  repsr evaluate -m my-model.safetensors --hr Set5 --hr Set14 --json",
            "  repsr evaluate -m repsr-m4c16-x4 --hr Set5 --csv set5.csv --save out"
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final int MAX_MODULO = 256;

    private final Console console;
    private final List<String> refusals = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            completionCandidates = ModelNames.class,
            description = "Name (see 'repsr models') or model file.")
    private @Nullable String model;

    @Option(
            names = "--hr",
            paramLabel = "DIR",
            arity = "1..*",
            required = true,
            description = "Folder of originals; several may be given.")
    private List<Path> hr = List.of();

    @Option(
            names = {"-s", "--scale"},
            paramLabel = "N",
            converter = Scale.class,
            description = "The model's scale (default: just that).")
    private @Nullable Integer scale;

    @Option(
            names = "--lr",
            paramLabel = "DIR",
            description = "Folder of reduced pictures: the same names, or with xN behind the stem.")
    private @Nullable Path lr;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write one line a picture.")
    private @Nullable Path csv;

    @Option(names = "--save", paramLabel = "DIR", description = "Keep the enlarged pictures, a folder a set.")
    private @Nullable Path save;

    @Option(names = "--ensemble", description = "Average eight flips and rotations before rounding.")
    private boolean ensemble;

    @Option(
            names = "--modulo",
            paramLabel = "N",
            converter = Modulo.class,
            description = "Crop originals to a multiple of N (default: the scale; some papers take 12).")
    private @Nullable Integer modulo;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Model chosen = chooseModel();
        int its = chosen.network().scale();
        int cropping = modulo == null ? its : modulo;
        if (cropping < 1 || cropping % its != 0) {
            throw CommandFailure.usage("--modulo " + cropping + ": a multiple of the scale " + its + " is allowed");
        }
        if (hr.contains(Path.of(""))) {
            throw CommandFailure.usage(OutputPlan.EMPTY_NAME);
        }
        if (csv != null) {
            OutputRefused.requirePossibleName(csv);
        }
        if (lr != null && hr.size() > 1) {
            throw CommandFailure.usage("--lr goes with one --hr; measure the sets one after the other");
        }
        Engine engine = engine();
        PreparedNetwork network = engine.prepare(chosen.network());
        List<SetScore> scores = new ArrayList<>();
        for (Path folder : hr) {
            Optional<BenchmarkSet> loaded = BenchmarkSet.load(folder, lr, its, cropping, this::refuse);
            if (loaded.isPresent()) {
                BenchmarkSet set = loaded.get();
                scores.add(set.score(
                        picture -> enlarge(network, picture), (image, sr) -> keep(set.name(), image.name(), sr)));
            }
        }
        if (csv != null && !scores.isEmpty()) {
            ScoreTable.writeCsv(csv, scores);
        }
        report(chosen, scores);
        return listRefusals();
    }

    /** The others are measured. */
    private void refuse(Path input, ImageRefused why) {
        String sentence = Failures.sentence(why, spec.optionsMap().keySet());
        refusals.add(sentence);
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("input", input.toString());
            line.put("refused", Failures.reason(why));
            line.put("message", sentence);
            JsonLines.print(console.out(), line);
        }
    }

    private int listRefusals() {
        if (refusals.isEmpty()) {
            return ExitCode.OK;
        }
        if (refusals.size() > 1) {
            console.complain(refusals.size() + " inputs were not measured:");
        }
        refusals.forEach(console::complain);
        return ExitCode.REFUSED;
    }

    private Model chooseModel() throws CommandFailure, IOException {
        if (model == null) {
            return Models.open(
                    Models.defaultOf(scale == null ? Models.USUAL_SCALE : scale).name());
        }
        Model chosen = Models.open(model, scale == null ? Models.USUAL_SCALE : scale);
        int its = chosen.network().scale();
        if (scale != null && scale != its) {
            throw CommandFailure.usage("-s " + scale + ": the model " + model + " enlarges " + its
                    + " times; leave -s out or name another model");
        }
        return chosen;
    }

    private Engine engine() throws CommandFailure {
        try {
            return Engines.choose(common.engine());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private Picture enlarge(PreparedNetwork network, Picture picture) throws IOException {
        UpscaleOptions options = common.upscaleOptions();
        NetworkRows enlarging = new NetworkRows(network, ensemble);
        try (PictureRows rows = enlarging.enlarge(picture.rows(), options.threads(), options.memoryBytes())) {
            return Picture.read(rows);
        }
    }

    private void keep(String set, String image, Picture enlarged) throws IOException {
        if (save != null) {
            Path folder = Files.createDirectories(save.resolve(set));
            AtomicFile.write(
                    folder.resolve(image + ".png"),
                    out -> ImageWriter.write(enlarged.rows(), ImageType.PNG, EncodeOptions.defaults(), out));
        }
    }

    private void report(Model chosen, List<SetScore> scores) {
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("model", chosen.name());
            line.put("scale", chosen.network().scale());
            line.put("sets", ScoreTable.json(scores));
            JsonLines.print(console.out(), line);
        } else if (!common.quiet && !scores.isEmpty()) {
            ScoreTable.lines(chosen.name(), scores).forEach(console::say);
        }
    }

    private static final class Scale implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 1, Network.MAX_SCALE);
        }
    }

    private static final class Modulo implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 1, MAX_MODULO);
        }
    }
}
