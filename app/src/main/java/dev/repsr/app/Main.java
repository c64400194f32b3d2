package dev.repsr.app;

import dev.repsr.image.ImageType;
import dev.repsr.image.PictureProbe;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code repsr}. */
public final class Main {
    private static final String UPSCALE = "upscale";
    private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

    private Main() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] arguments) {
        WarmUp.startFor(arguments);
        Program.run(console -> run(arguments, console));
    }

    /** Runs the program on these streams; its exit code. */
    static int run(String[] arguments, Console console) {
        boolean verbose = Arrays.asList(arguments).contains("-v")
                || Arrays.asList(arguments).contains("--verbose");
        StandardErrorLogger.configure(console.err(), verbose);
        try {
            CommandLine program = commandLine(console, arguments, verbose);
            if (lacksVerb(program, List.of(arguments))) {
                return run(
                        Stream.concat(Stream.of(UPSCALE), Arrays.stream(arguments))
                                .toArray(String[]::new),
                        console);
            }
            int code = isUnknownVerb(program, arguments)
                    ? new UsageErrors(console)
                            .handleParseException(
                                    new UnmatchedArgumentException(program, List.of(arguments[0])), arguments)
                    : program.execute(arguments);
            if (code == ExitCode.OK && console.out().checkError()) {
                console.complain(Failures.NO_STANDARD_OUTPUT);
                return ExitCode.FAILED;
            }
            return code;
        } catch (RuntimeException | Error e) {
            // What picocli lets through: a failure of the machine or of our own.
            Program.tell(e, Set.of(), console, verbose);
            return ExitCode.FAILED;
        } finally {
            console.out().flush();
        }
    }

    /** All verbs and options, for programs that describe them; there is nothing that a verb could read from or print to. */
    public static CommandLine described() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return commandLine(Console.to(nowhere, nowhere), new String[0], false);
    }

    /** Whether there is no verb, and pictures or a folder stand first or behind options: these are to be enlarged. */
    private static boolean lacksVerb(CommandLine program, List<String> arguments) {
        return !arguments.isEmpty()
                && (arguments.getFirst().startsWith("-") || isInput(arguments.getFirst()))
                && arguments.stream().anyMatch(Main::isInput)
                && arguments.stream()
                        .noneMatch(word ->
                                HELP.contains(word) || program.getSubcommands().containsKey(word));
    }

    private static boolean isInput(String word) {
        if (word.equals(OutputPlan.STANDARD)) {
            return true;
        }
        try {
            Path path = Path.of(word);
            boolean named = word.contains(".") && (ImageType.ofName(word).isPresent() || FolderPlanner.isComic(word));
            return named || Files.isDirectory(path) || PictureProbe.beginsLikePicture(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Asked for here, since with {@code --help} picocli would not mind. */
    private static boolean isUnknownVerb(CommandLine program, String[] arguments) {
        return arguments.length > 0
                && !arguments[0].startsWith("-")
                && !program.getSubcommands().containsKey(arguments[0]);
    }

    private static CommandLine commandLine(Console console, String[] arguments, boolean verbose) {
        CommandLine program = new CommandLine(new RepsrCommand(console));
        if (arguments.length > 0 && arguments[0].equals(UPSCALE)) {
            // Making the other verbs ready would take a noticeable part of the time that a small picture takes.
            addUpscale(program, console);
        } else {
            addVerbs(program, console);
        }
        Program.prepare(program, console, verbose);
        program.setExecutionStrategy(Main::execute);
        return program;
    }

    /** The program's own --json goes with --version alone: before a verb it would be read and mean nothing. */
    private static int execute(ParseResult parsed) {
        if (parsed.hasMatchedOption("--json") && parsed.hasSubcommand()) {
            String verb = parsed.subcommand().commandSpec().name();
            throw new ParameterException(
                    parsed.commandSpec().commandLine(), "--json belongs behind the verb: repsr " + verb + " --json");
        }
        return new RunLast().execute(parsed);
    }

    private static void addUpscale(CommandLine program, Console console) {
        CommandLine upscale = new CommandLine(new UpscaleCommand(console));
        OptionGroups.useFor(upscale);
        program.addSubcommand(upscale);
    }

    private static void addVerbs(CommandLine program, Console console) {
        addUpscale(program, console);
        program.addSubcommand(new VideoCommand(console));
        program.addSubcommand(new EvaluateCommand(console));
        CommandLine models = new CommandLine(new ModelsCommand(console));
        models.addSubcommand(new ModelsCommand.ListCommand(console));
        models.addSubcommand(new ModelInfoCommand(console));
        program.addSubcommand(models);
        program.addSubcommand(new ConvertCommand(console));
        program.addSubcommand(new TrainCommand(console));
        CommandLine study = new CommandLine(new StudyCommand(console));
        study.addSubcommand(new StudyBnCommand(console));
        study.addSubcommand(new StudyBlocksCommand(console));
        study.addSubcommand(new StudyNetworksCommand(console));
        program.addSubcommand(study);
        program.addSubcommand(new DoctorCommand(console));
        program.addSubcommand(new MergeCommand(console));
        program.addSubcommand(new MixCommand(console));
        CommandLine bench = new CommandLine(new BenchCommand(console));
        bench.addSubcommand(new BenchTrainCommand(console));
        program.addSubcommand(bench);
        program.addSubcommand(new ServeCommand(console));
        program.addSubcommand(new CompletionCommand(console));
        program.addSubcommand(new CommandLine.HelpCommand());
    }
}
