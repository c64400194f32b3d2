package dev.repsr.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for the shell fish, which picocli does not write. */
final class FishCompletion {
    /** Whether the words behind the program begin with these. */
    private static final String BEGINS = """
            function __NAME_begins
                set -l words (commandline -opc)
                test (count $words) -gt (count $argv); or return 1
                for i in (seq (count $argv))
                    test $words[(math $i + 1)] = $argv[$i]; or return 1
                end
            end
            """;

    private final String name;
    private final StringBuilder script = new StringBuilder();

    private FishCompletion(String name) {
        this.name = name;
    }

    /** The script for a program. */
    static String of(CommandLine program) {
        FishCompletion completion = new FishCompletion(program.getCommandName());
        completion.script.append(BEGINS.replace("NAME", completion.name));
        completion.add(program, List.of());
        return completion.script.toString();
    }

    /** Adds a verb's own verbs and its options. */
    private void add(CommandLine verb, List<String> path) {
        String here = begins(path);
        Map<String, CommandLine> verbs = verb.getSubcommands();
        for (Map.Entry<String, CommandLine> each : verbs.entrySet()) {
            String[] header = each.getValue().getCommandSpec().usageMessage().header();
            complete(
                    here + "; and test (count (commandline -opc)) -eq " + (path.size() + 1),
                    " -f -a " + quoted(each.getKey()) + described(header));
        }
        StringBuilder alone = new StringBuilder(here);
        for (String each : verbs.keySet()) {
            alone.append("; and not ").append(begins(path, each));
        }
        for (OptionSpec option : verb.getCommandSpec().options()) {
            if (!option.hidden()) {
                complete(alone.toString(), words(option));
            }
        }
        for (Map.Entry<String, CommandLine> each : verbs.entrySet()) {
            List<String> longer = new ArrayList<>(path);
            longer.add(each.getKey());
            add(each.getValue(), longer);
        }
    }

    private String begins(List<String> path, String... more) {
        return ("__" + name + "_begins " + String.join(" ", path) + " " + String.join(" ", more)).strip();
    }

    private static String words(OptionSpec option) {
        StringBuilder words = new StringBuilder();
        for (String each : option.names()) {
            words.append(each.startsWith("--") ? " -l " + each.substring(2) : " -s " + each.substring(1));
        }
        if (option.arity().max() > 0) {
            words.append(" -r");
            if (option.completionCandidates() != null) {
                words.append(" -a ").append(quoted(String.join(" ", option.completionCandidates())));
            }
        }
        return words + described(option.description());
    }

    private static String described(String... lines) {
        String text = String.join(" ", lines).replace("%%", "%");
        return text.isBlank() ? "" : " -d " + quoted(text);
    }

    private void complete(String condition, String words) {
        script.append("complete -c ")
                .append(name)
                .append(" -n ")
                .append(quoted(condition))
                .append(words)
                .append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
