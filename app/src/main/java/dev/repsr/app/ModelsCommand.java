package dev.repsr.app;

import dev.repsr.ModelFolders;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the models that have a name, or shows what is inside one. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "List the models that have a name, or show what is inside one.",
        description = {
            "",
            "Names are built in, or those of model files, without their ending, in a folder of models: those in REPSR_MODELS, the"
                    + " user's own (repsr/models where the system keeps a user's data), and models beside the program.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr models",
            "  repsr models info repsr-m4c16-x2",
            "  repsr models info my-model.pth --json"
        })
final class ModelsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    ModelsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        list(console, common.json);
        return ExitCode.OK;
    }

    private static void list(Console console, boolean json) throws IOException {
        ModelList models = ModelList.of(ModelFolders.ofUser());
        if (json) {
            JsonLines.print(console.out(), models.json());
        } else {
            models.lines().forEach(console::say);
        }
    }

    /** Lists all models that have a name. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            versionProvider = RepsrCommand.Version.class,
            header = "List the models that have a name: built in, or in a folder of models.")
    static final class ListCommand implements Callable<Integer> {
        private final Console console;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        ListCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            list(console, common.json);
            return ExitCode.OK;
        }
    }
}
