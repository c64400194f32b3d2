package dev.repsr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedPageTest {

    @Test
    void newPageEndsWithThePartForTheHand() {
        String page = SpeedPage.withPart("", "M4C16", "## M4C16\nfast\n");

        assertThat(page).startsWith("# Speed").contains("## M4C16\nfast\n");
        assertThat(page.indexOf("## What was tried")).isGreaterThan(page.indexOf("## M4C16"));
    }

    @Test
    void rewritingKeepsWhatTheHandWrote(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("results/speed.md");
        SpeedPage.put(page, "M4C16", "old\n");
        String edited = Files.readString(page)
                .replace(
                        "This part is written by hand, and the command keeps it.",
                        "Prefetching: $1 \\ nothing.\n\nMore.");
        Files.writeString(page, edited);

        SpeedPage.put(page, "M4C16", "new\n");

        assertThat(Files.readString(page)).isEqualTo(edited.replace("\nold\n", "\nnew\n"));
    }

    @Test
    void anotherNetworkIsAddedBehindTheFirst() {
        String one = SpeedPage.withPart("", "M4C16", "one\n");
        String two = SpeedPage.withPart(one, "M10C32", "two\n");
        String again = SpeedPage.withPart(two, "M4C16", "three\n");

        assertThat(again)
                .containsSubsequence("\nthree\n", "\ntwo\n", "## What was tried")
                .doesNotContain("\none\n");
    }
}
