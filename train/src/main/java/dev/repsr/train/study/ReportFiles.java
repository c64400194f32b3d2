package dev.repsr.train.study;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.repsr.io.AtomicFile;
import dev.repsr.train.report.Document;
import dev.repsr.train.report.Document.Text;
import dev.repsr.train.report.Document.Verbatim;
import dev.repsr.train.report.ThisMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** What every study's report has: its files, and how it was made. */
final class ReportFiles {
    private ReportFiles() {}

    /** The command that makes it again. */
    static Verbatim command(String study, StudyOptions options) {
        return new Verbatim("repsr study " + study + " " + options.config().getFileName()
                + (options.quick() ? " --quick" : "") + " -o DIR"
                + options.overrides().stream().map(set -> " --set " + set).collect(Collectors.joining()));
    }

    static Text machine() {
        return new Text(ThisMachine.facts().entrySet().stream()
                .map(fact -> fact.getKey() + ": " + fact.getValue())
                .collect(Collectors.joining(". ")));
    }

    /**
     * Writes {@code report.html}, {@code report.md} with its plots, {@code report.json} and {@code runs.csv}.
     *
     * @param summary becomes JSON
     * @return the page
     */
    static Path write(Path folder, Document document, String csv, Object summary) throws IOException {
        for (Map.Entry<String, String> plot : document.plots().entrySet()) {
            write(folder.resolve(plot.getKey()), plot.getValue());
        }
        write(folder.resolve("report.md"), document.toMarkdown());
        write(folder.resolve("runs.csv"), csv);
        write(folder.resolve("report.json"), RunStore.json(summary) + "\n");
        return write(folder.resolve("report.html"), document.toHtml());
    }

    private static Path write(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
        return file;
    }
}
