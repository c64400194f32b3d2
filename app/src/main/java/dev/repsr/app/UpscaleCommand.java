package dev.repsr.app;

import dev.repsr.UpscaleCancelled;
import dev.repsr.UpscaleJob;
import dev.repsr.UpscaleResult;
import dev.repsr.Upscaler;
import dev.repsr.app.folder.FolderTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Enlarges pictures. */
@Command(
        name = "upscale",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Enlarge pictures (PNG, JPEG, WebP, TIFF, GIF; BMP and PNM are read).",
        description = {
            "",
            "Without -o, photo.jpg becomes photo_x4.png beside it, and the folder photos becomes photos_x4.",
            "Grey stays grey; transparency, 16 bits, colour profile, EXIF, XMP, IPTC and resolution are kept; animated GIFs",
            "stay animated with -f gif (see docs/formats.md). A folder run goes on where an earlier one ended.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr upscale photo.jpg",
            "  repsr upscale -s 2 -f jpg --quality 90 photo.png -o larger.jpg",
            "  repsr upscale --long-side 3840 photo.jpg",
            "  repsr upscale -r photos -o enlarged -f same",
            "  repsr upscale comic.cbz",
            "  repsr upscale *.png -o enlarged/ --overwrite",
            "  curl -s https://example.org/photo.jpg | repsr upscale - > photo_x4.png",
            "  repsr upscale -m my-model.safetensors --json photo.png"
        })
final class UpscaleCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description = "Pictures, folders of pictures, comic archives (CBZ), or - for standard input.")
    private List<String> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "File to write, - for standard output, or a folder (always one with several inputs).")
    private @Nullable String output;

    @Mixin
    private final UpscalingOptions upscaling = new UpscalingOptions();

    @Option(
            names = {"-r", "--recursive"},
            description = "Enter the folders in a folder too; their tree is kept.")
    private boolean recursive;

    @Option(
            names = "--no-resume",
            description =
                    "Take no account of earlier runs on a folder: what is there already is refused, or made anew with"
                            + " --overwrite.")
    private boolean noResume;

    @Option(
            names = "--watch",
            description = "Go on after what is there: enlarge what comes into the folders, until SIGINT or SIGTERM.")
    private boolean watch;

    @Option(
            names = "--dry-run",
            description = "Write nothing; say which files would be written, with their sizes, the time and the memory.")
    private boolean dryRun;

    @Option(names = "--overwrite", description = "Replace existing outputs, which are refused otherwise.")
    private boolean overwrite;

    UpscaleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        upscaling.check();
        checkWatch();
        boolean many = inputs.stream().noneMatch(OutputPlan.STANDARD::equals) && FolderPlanner.isNeeded(inputs);
        OutputPlan plan = outputPlan(many);
        if (upscaling.hasQuality() && plan.neverHasQuality() && !many) {
            throw CommandFailure.usage("--quality is for JPEG and WebP, and the output is neither; add -f jpg");
        }
        Upscaler upscaler = upscaling.upscaler(common.upscaleOptions().withOverwrite(overwrite), Optional.empty());
        String suffix = upscaling.suffix(upscaler);
        UpscaleReport report = new UpscaleReport(
                console, common, upscaling.askedScale(), spec.optionsMap().keySet());
        if (many) {
            return many(upscaler, plan, suffix, report);
        }
        List<OutputPlan.Target> targets = plan.targets(inputs, suffix);
        if (dryRun) {
            return new DryRun(console, common, upscaler, report).run(tasks(targets));
        }
        plan.createFolder();
        for (OutputPlan.Target target : targets) {
            one(upscaler, target, report);
        }
        return report.finish();
    }

    /** One comic archive may be told its own name; otherwise folders and archives go to a folder. */
    private OutputPlan outputPlan(boolean many) throws CommandFailure {
        boolean oneComic = many
                && inputs.size() == 1
                && output != null
                && output.toLowerCase(Locale.ROOT).endsWith(".cbz")
                && !Files.isDirectory(Path.of(inputs.getFirst()));
        if (oneComic) {
            OutputPlan named = OutputPlan.of(inputs, null, upscaling.format(), common.json, true);
            return new OutputPlan(null, Path.of(String.valueOf(output)), false, named.type());
        }
        return OutputPlan.of(inputs, output, upscaling.format(), common.json, many);
    }

    private int many(Upscaler upscaler, OutputPlan plan, String suffix, UpscaleReport report)
            throws CommandFailure, IOException, InterruptedException {
        if (watch) {
            return new FolderWatch(console, upscaler, report).run(() -> planner(plan, suffix));
        }
        FolderPlanner planner = planner(plan, suffix);
        String passedOver = planner.passedOver();
        if (!passedOver.isEmpty()) {
            console.complain(passedOver);
        }
        if (dryRun) {
            planner.refusals().forEach(refusal -> report.failed(refusal.task(), refusal.why()));
            List<FolderTask> tasks = planner.groups().stream()
                    .flatMap(group -> group.tasks().stream())
                    .toList();
            return new DryRun(console, common, upscaler, report).run(tasks);
        }
        return new FolderUpscale(console, upscaler, report, !noResume).run(planner);
    }

    private FolderPlanner planner(OutputPlan plan, String suffix) throws CommandFailure, IOException {
        FolderPlanner planner = new FolderPlanner(plan, suffix, recursive, upscaling.format() != null);
        for (String input : inputs) {
            planner.add(input, inputs.size() == 1);
        }
        return planner;
    }

    private void checkWatch() throws CommandFailure {
        if (watch && (dryRun || noResume)) {
            throw CommandFailure.usage("--watch goes by what earlier runs have written down, and writes; leave out "
                    + (dryRun ? "--dry-run" : "--no-resume"));
        }
        if (watch && !inputs.stream().allMatch(FolderPlanner::isFolder)) {
            throw CommandFailure.usage("--watch is for folders, and some input is none");
        }
    }

    private static List<FolderTask> tasks(List<OutputPlan.Target> targets) throws CommandFailure {
        List<FolderTask> tasks = new ArrayList<>();
        for (OutputPlan.Target target : targets) {
            if (target.isFromStandardInput()) {
                throw CommandFailure.usage("--dry-run is for files; standard input can be read only once");
            }
            tasks.add(new FolderTask(target.inputFile(), target.input(), target.outputFile(), target.type(), 0));
        }
        return tasks;
    }

    private void one(Upscaler upscaler, OutputPlan.Target target, UpscaleReport report) throws UpscaleCancelled {
        try {
            report.done(target, enlarge(upscaler, target));
        } catch (UpscaleCancelled e) {
            throw e;
        } catch (IOException e) {
            report.failed(target, e);
        }
    }

    private UpscaleResult enlarge(Upscaler upscaler, OutputPlan.Target target) throws IOException {
        try (ProgressLine progress = new ProgressLine(console, target.input(), System::nanoTime)) {
            UpscaleJob job = target.isFromStandardInput()
                    ? upscaler.upscale(console.in())
                    : upscaler.upscale(target.inputFile());
            if (!common.quiet && !common.json) {
                job.onProgress(progress);
            }
            return target.isToStandardOutput()
                    ? toStandardOutput(job, target)
                    : job.to(target.outputFile(), target.type());
        }
    }

    private UpscaleResult toStandardOutput(UpscaleJob job, OutputPlan.Target target) throws IOException {
        UpscaleResult result = job.to(console.out(), target.type());
        if (console.out().checkError()) {
            throw new IOException(Failures.NO_STANDARD_OUTPUT);
        }
        return result;
    }
}
