package dev.repsr.app;

import dev.repsr.engine.Engines;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.io.AtomicFile;
import dev.repsr.merge.Merge;
import dev.repsr.merge.Receipt;
import dev.repsr.merge.TrainingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Folds a training checkpoint into the plain network. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Fold a training checkpoint into the plain network.",
        description = {
            "",
            "Both forms are compared on patches of photographs, and every engine with them; where they do not agree,"
                    + " nothing is written and the exit code is 4. The proof is kept in the model file as its receipt.",
            ""
        },
        footer = {"", "Example:", "  repsr merge runs/mine/checkpoint-5000.safetensors -o mine.safetensors"})
final class MergeCommand implements Callable<Integer> {
    private static final String ENDING = ".safetensors";
    private static final List<String> DESCRIPTION =
            List.of(ModelFile.LICENCE, ModelFile.DATA_SET, ModelFile.SEED, ModelFile.ITERATIONS, ModelFile.RECIPE);

    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "CHECKPOINT", description = "Checkpoint that 'repsr train' wrote.")
    private Path checkpoint = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "MODEL",
            required = true,
            description = "Model file to write; ends with .safetensors.")
    private Path output = Path.of("");

    MergeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        String name = String.valueOf(output.getFileName());
        if (!name.endsWith(ENDING)) {
            throw CommandFailure.usage("-o " + output + ": a model file ends with " + ENDING);
        }
        TrainingFile training = TrainingFile.read(checkpoint);
        Merge merge = Merge.of(training.network(), Engines.available());
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String key : DESCRIPTION) {
            String value = training.metadata().get(key);
            if (value != null) {
                metadata.put(key, value);
            }
        }
        metadata.put(ModelFile.RECEIPT, merge.receipt().toJson());
        String stem = name.substring(0, name.length() - ENDING.length());
        Model model = new Model(training.metadata().getOrDefault(ModelFile.NAME, stem), merge.network(), metadata);
        AtomicFile.write(output, out -> ModelFile.write(model, out));
        report(model, merge.receipt());
        return ExitCode.OK;
    }

    private void report(Model model, Receipt receipt) {
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", "done");
            line.put("model", output.toString());
            line.put("receipt", JsonLines.parse(receipt.toJson()));
            JsonLines.print(console.out(), line);
        } else if (!common.quiet) {
            console.say(output + ": " + model.network().size() + ", "
                    + model.network().scale() + " times, " + model.network().parameters() + " parameters");
            console.say(sentence(receipt));
        }
    }

    /** A receipt for people. */
    static String sentence(Receipt receipt) {
        return String.format(
                Locale.ROOT,
                "receipt: merged and training form differ by at most %.1e (mean %.1e) on %d patches; engines by %.1e",
                receipt.maxDifference(),
                receipt.meanDifference(),
                receipt.patches(),
                receipt.engineDifference());
    }
}
