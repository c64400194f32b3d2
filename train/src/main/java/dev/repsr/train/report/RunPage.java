package dev.repsr.train.report;

import dev.repsr.image.Picture;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A page on one run: one file of HTML that needs no other.
 *
 * @param title name of the run
 * @param state one sentence on how far it is
 * @param charts curves; empty ones are left out
 * @param table rows of cells, the head first
 * @param crops pieces of pictures that are measured
 * @param sections further facts: for each heading lines of name and value
 * @param configuration the text of the configuration
 */
public record RunPage(
        String title,
        String state,
        List<CurveChart> charts,
        List<List<String>> table,
        List<Crop> crops,
        Map<String, Map<String, String>> sections,
        String configuration) {

    /**
     * The same piece of a picture three times.
     *
     * @param name of the picture
     */
    public record Crop(String name, Picture bicubic, Picture network, Picture original) {}

    /** The page's text. */
    public String toHtml() throws IOException {
        StringBuilder page = new StringBuilder(Html.head(title))
                .append("<p>")
                .append(Html.escaped(state))
                .append("</p>\n");
        appendCharts(page);
        appendTable(page);
        appendCrops(page);
        sections.forEach((heading, facts) -> {
            Html.heading(page, heading);
            page.append("<table>\n");
            facts.forEach((name, value) -> Html.row(page, "td", List.of(name, value)));
            page.append("</table>\n");
        });
        Html.heading(page, "Configuration");
        return page.append("<pre>")
                .append(Html.escaped(configuration))
                .append("</pre>\n</body></html>\n")
                .toString();
    }

    private void appendCharts(StringBuilder page) {
        page.append("<div class=\"charts\">\n");
        for (CurveChart chart : charts) {
            if (!chart.isEmpty()) {
                page.append("<figure><figcaption><b>")
                        .append(Html.escaped(chart.title()))
                        .append("</b></figcaption>\n")
                        .append(chart.toSvg())
                        .append("<div class=\"legend\">")
                        .append(chart.legend())
                        .append("</div></figure>\n");
            }
        }
        page.append("</div>\n");
    }

    private void appendTable(StringBuilder page) {
        if (table.size() < 2) {
            return;
        }
        Html.heading(page, "Scores");
        page.append("<table>\n");
        Html.row(page, "th", table.getFirst());
        table.subList(1, table.size()).forEach(cells -> Html.row(page, "td", cells));
        page.append("</table>\n");
    }

    private void appendCrops(StringBuilder page) throws IOException {
        if (crops.isEmpty()) {
            return;
        }
        Html.heading(page, "Pictures");
        page.append("<p>Where bicubic enlargement is furthest from the original.</p>\n<div class=\"crops\">\n");
        for (Crop crop : crops) {
            figure(page, crop.name() + ", bicubic", crop.bicubic());
            figure(page, "this network", crop.network());
            figure(page, "original", crop.original());
        }
        page.append("</div>\n");
    }

    private static void figure(StringBuilder page, String caption, Picture picture) throws IOException {
        page.append("<figure><img alt=\"")
                .append(Html.escaped(caption))
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(PictureGrid.png(picture)))
                .append("\"><figcaption>")
                .append(Html.escaped(caption))
                .append("</figcaption></figure>\n");
    }
}
