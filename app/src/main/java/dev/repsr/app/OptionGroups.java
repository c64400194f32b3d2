package dev.repsr.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code upscale} as its help shows them: those that belong together under one heading. */
final class OptionGroups {
    private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put(
                "What is written", List.of("--output", "--format", "--quality", "--overwrite", "--strip", "--dry-run"));
        GROUPS.put("Size", List.of("--scale", "--width", "--height", "--long-side"));
        GROUPS.put("How", List.of("--model", "--ensemble", "--engine", "--self-check"));
        GROUPS.put("Folders", List.of("--recursive", "--no-resume"));
        GROUPS.put("Limits", List.of("--memory", "--max-megapixels", "--threads", "--decode-timeout", "--strict"));
        GROUPS.put("Messages", List.of("--json", "--quiet", "--verbose", "--help", "--version"));
    }

    private OptionGroups() {}

    /** Lets a verb's help show them. */
    static void useFor(CommandLine verb) {
        verb.getHelpSectionMap().put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionGroups::list);
    }

    private static String list(Help help) {
        List<OptionSpec> all = help.commandSpec().options();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, List<String>> group : GROUPS.entrySet()) {
            text.append(String.format("%n%s:%n", group.getKey())).append(options(help, all, group.getValue()));
        }
        return text.toString();
    }

    /** All of them settle how wide the columns are, so that these are the same in each group. */
    private static String options(Help help, Collection<OptionSpec> all, List<String> names) {
        List<OptionSpec> here = new ArrayList<>();
        for (String name : names) {
            all.stream().filter(option -> option.longestName().equals(name)).forEach(here::add);
        }
        Help.Layout layout = help.createDefaultLayout(List.copyOf(all), List.of(), help.colorScheme());
        layout.addOptions(here, help.parameterLabelRenderer());
        return layout.toString();
    }
}
