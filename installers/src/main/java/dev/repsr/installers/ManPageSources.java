package dev.repsr.installers;

import dev.repsr.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes a page in AsciiDoc for the program and each of its verbs; Asciidoctor makes man pages of them. */
public final class ManPageSources {
    private ManPageSources() {}

    /**
     * Writes the pages.
     *
     * @param arguments the folder for them
     * @throws IOException if they cannot be written
     */
    public static void main(String... arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        CommandSpec program = Main.described().getCommandSpec();
        suit(program);
        int code = ManPageGenerator.generateManPage(folder.toFile(), null, new boolean[0], false, program);
        if (code != 0) {
            throw new IOException("picocli could not write man pages to " + folder);
        }
    }

    /** What the generator wants otherwise than the help of a verb is written. */
    private static void suit(CommandSpec spec) {
        UsageMessageSpec usage = spec.usageMessage();
        List<String> description = Arrays.stream(usage.description())
                // It takes descriptions for formats.
                .map(line -> line.replaceAll("%(?![%n])", "%%"))
                .dropWhile(String::isEmpty)
                .toList();
        usage.description(description.isEmpty() ? usage.header() : description.toArray(String[]::new));
        // It leaves out a footer without a heading.
        usage.footerHeading("Notes%n");
        usage.footer(apart(List.of(usage.footer())).toArray(String[]::new));
        spec.subcommands().values().forEach(verb -> suit(verb.getCommandSpec()));
    }

    /** With empty lines around those that are set in: in AsciiDoc such a block is kept as it is. */
    private static List<String> apart(List<String> lines) {
        List<String> result = new ArrayList<>();
        boolean setIn = false;
        for (String line : lines) {
            if (line.startsWith("  ") != setIn) {
                setIn = !setIn;
                result.add("");
            }
            boolean isApart = result.isEmpty() || result.getLast().isEmpty();
            if (!(isApart && line.isEmpty())) {
                result.add(line);
            }
        }
        return result;
    }
}
