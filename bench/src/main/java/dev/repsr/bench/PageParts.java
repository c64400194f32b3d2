package dev.repsr.bench;

import dev.repsr.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages of results whose parts stand between marks: measuring one part again keeps the others as they are. */
final class PageParts {
    private static final Pattern PART =
            Pattern.compile("<!-- begin ([^\\n>]+) -->\\n(.*?)<!-- end \\1 -->\\n", Pattern.DOTALL);

    private PageParts() {}

    /** The page, or nothing where there is none. */
    static String read(Path page) throws IOException {
        return Files.exists(page) ? Files.readString(page) : "";
    }

    static void write(Path page, String text) throws IOException {
        Path folder = page.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        AtomicFile.write(page, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The parts of a page by their titles, in their order; they may be changed. */
    static SequencedMap<String, String> of(String page) {
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        Matcher matcher = PART.matcher(page);
        while (matcher.find()) {
            parts.put(matcher.group(1), matcher.group(2));
        }
        return parts;
    }

    /** A page of these parts. */
    static String text(String head, SequencedMap<String, String> parts) {
        StringBuilder text = new StringBuilder(head);
        for (Map.Entry<String, String> entry : parts.entrySet()) {
            text.append("\n<!-- begin ").append(entry.getKey()).append(" -->\n");
            text.append(entry.getValue());
            text.append("<!-- end ").append(entry.getKey()).append(" -->\n");
        }
        return text.toString();
    }
}
