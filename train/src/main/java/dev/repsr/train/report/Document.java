package dev.repsr.train.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report that becomes a page of HTML, which needs no other file, or one of Markdown with its plots beside it.
 *
 * @param title of all
 * @param parts from top to bottom
 */
public record Document(String title, List<Part> parts) {

    /** Keeps a copy. */
    public Document {
        parts = List.copyOf(parts);
    }

    /** A part of a report. */
    public sealed interface Part {}

    /** Begins a section. */
    public record Heading(String text) implements Part {}

    /** A paragraph. */
    public record Text(String text) implements Part {}

    /** Sentences, one below the other. */
    public record Points(List<String> sentences) implements Part {}

    /** Rows of cells, the head first. */
    public record Table(List<List<String>> rows) implements Part {}

    /** What is to be typed or read as it stands. */
    public record Verbatim(String text) implements Part {}

    /**
     * A drawing.
     *
     * @param name of its file, without ending
     * @param title above it
     * @param svg an element svg
     */
    public record Plot(String name, String title, String svg) implements Part {

        /** A chart of curves. */
        public static Plot of(String name, CurveChart chart) {
            return new Plot(name, chart.title(), chart.toSvg(true));
        }
    }

    /** The whole as HTML. */
    public String toHtml() {
        StringBuilder page = new StringBuilder(Html.head(title));
        for (Part part : parts) {
            switch (part) {
                case Heading heading -> Html.heading(page, heading.text);
                case Text text ->
                    page.append("<p>").append(Html.escaped(text.text)).append("</p>\n");
                case Points points -> {
                    page.append("<ul>\n");
                    points.sentences.forEach(sentence ->
                            page.append("<li>").append(Html.escaped(sentence)).append("</li>\n"));
                    page.append("</ul>\n");
                }
                case Table table -> {
                    page.append("<table>\n");
                    for (int i = 0; i < table.rows.size(); i++) {
                        Html.row(page, i == 0 ? "th" : "td", table.rows.get(i));
                    }
                    page.append("</table>\n");
                }
                case Verbatim verbatim ->
                    page.append("<pre>").append(Html.escaped(verbatim.text)).append("</pre>\n");
                case Plot plot ->
                    page.append("<figure><figcaption><b>")
                            .append(Html.escaped(plot.title))
                            .append("</b></figcaption>\n")
                            .append(plot.svg)
                            .append("</figure>\n");
            }
        }
        return page.append("</body></html>\n").toString();
    }

    /** The whole as Markdown; its plots are named as {@link #plots} names them. */
    public String toMarkdown() {
        StringBuilder page = new StringBuilder("# ").append(title).append("\n\n");
        for (Part part : parts) {
            switch (part) {
                case Heading heading -> page.append("## ").append(heading.text).append("\n\n");
                case Text text -> page.append(text.text).append("\n\n");
                case Points points -> {
                    points.sentences.forEach(
                            sentence -> page.append("* ").append(sentence).append('\n'));
                    page.append('\n');
                }
                case Table table -> {
                    for (int i = 0; i < table.rows.size(); i++) {
                        List<String> row = table.rows.get(i);
                        page.append(line(row));
                        if (i == 0) {
                            page.append('|').append(" --- |".repeat(row.size())).append('\n');
                        }
                    }
                    page.append('\n');
                }
                case Verbatim verbatim ->
                    page.append("    ")
                            .append(verbatim.text.strip().replace("\n", "\n    "))
                            .append("\n\n");
                case Plot plot ->
                    page.append("![")
                            .append(plot.title)
                            .append("](")
                            .append(file(plot))
                            .append(")\n\n");
            }
        }
        return page.toString();
    }

    private static String line(List<String> cells) {
        StringBuilder line = new StringBuilder("|");
        cells.forEach(cell -> line.append(' ').append(cell.replace("|", "\\|")).append(" |"));
        return line.append('\n').toString();
    }

    private static String file(Plot plot) {
        return plot.name + ".svg";
    }

    /** The plots by the names of their files. */
    public Map<String, String> plots() {
        Map<String, String> plots = new LinkedHashMap<>();
        for (Part part : parts) {
            if (part instanceof Plot plot) {
                plots.put(file(plot), plot.svg);
            }
        }
        return plots;
    }
}
