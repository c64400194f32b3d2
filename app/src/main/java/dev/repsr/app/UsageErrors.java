package dev.repsr.app;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what was wrong with the command line, what was probably meant and where help is. */
final class UsageErrors implements IParameterExceptionHandler {
    private final Console console;

    UsageErrors(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine verb = failure.getCommandLine();
        console.complain(message(failure) + suggestion(failure) + "; try '"
                + verb.getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.USAGE;
    }

    private static String message(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String argument = "'" + unmatched.getUnmatched().getFirst() + "'";
            Set<String> verbs = failure.getCommandLine().getSubcommands().keySet();
            return verbs.isEmpty()
                    ? argument + " is an argument too many"
                    : "there is no verb " + argument + "; " + String.join(", ", verbs)
                            + (verbs.size() == 1 ? " is the only one" : " are allowed");
        }
        return String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    private static String suggestion(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                return "; did you mean " + near.getFirst() + "?";
            }
        }
        return "";
    }
}
