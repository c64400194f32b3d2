package dev.repsr.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete verbs, options and names. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Print completions for a shell.",
        description = {
            "",
            "For the shell that runs: 'source <(repsr completion bash)', the same for zsh, and in fish",
            "'repsr completion fish | source'. To keep them, write what is printed to where the shell looks for it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr completion bash > ~/.local/share/bash-completion/completions/repsr",
            "  repsr completion fish > ~/.config/fish/completions/repsr.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    private static final String FISH = "fish";
    private static final List<String> SHELLS = List.of("bash", "zsh", FISH);

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private String shell = "";

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (!SHELLS.contains(shell)) {
            throw CommandFailure.usage(
                    "there are no completions for '" + shell + "'; " + String.join(", ", SHELLS) + " are allowed");
        }
        CommandLine program = spec.root().commandLine();
        // What picocli writes for bash prepares zsh to understand it.
        console.out()
                .print(
                        shell.equals(FISH)
                                ? FishCompletion.of(program)
                                : AutoComplete.bash(program.getCommandName(), program));
        return ExitCode.OK;
    }
}
