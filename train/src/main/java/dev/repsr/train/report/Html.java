package dev.repsr.train.report;

import java.util.List;

/** Parts of a page of HTML that needs no other file. */
final class Html {
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2328}
            h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.15rem;margin-top:2rem}
            .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(24rem,1fr));gap:1rem}
            figure{margin:0}figcaption{font-size:.85rem}svg{width:100%}.legend{font-size:.85rem}
            table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid #d0d7de}
            .crops{display:grid;grid-template-columns:repeat(3,1fr);gap:.5rem;max-width:50rem}
            .crops img{width:100%;image-rendering:pixelated}
            pre{background:#f6f8fa;padding:1rem;overflow:auto;font-size:.85rem}
            """;

    private Html() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The page as far as its first heading. */
    static String head(String title) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + escaped(title)
                + "</title>\n<style>\n" + STYLE + "</style></head><body>\n<h1>" + escaped(title) + "</h1>\n";
    }

    static void heading(StringBuilder page, String text) {
        page.append("<h2>").append(escaped(text)).append("</h2>\n");
    }

    /** @param cell "td" or "th" */
    static void row(StringBuilder page, String cell, List<String> texts) {
        page.append("<tr>");
        for (String text : texts) {
            page.append('<').append(cell).append('>').append(escaped(text));
            page.append("</").append(cell).append('>');
        }
        page.append("</tr>\n");
    }
}
