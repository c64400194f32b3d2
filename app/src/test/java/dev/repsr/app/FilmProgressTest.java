package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FilmProgressTest {
    @Test
    void framesOfAnEarlierRunTookNoTimeInThisOne() {
        try (TerminalLine line = new TerminalLine(Run.console(), () -> 0)) {
            FilmProgress progress = new FilmProgress(line);
            progress.frame(241, 480, 0);

            assertThat(progress.text(260, 480, 2_500_000, 10))
                    .isEqualTo("frame 260 of 480, 2.0 frames/s, 1 min 50 s left, 2.5 MB so far");
            assertThat(progress.text(260, 0, 0, 10)).isEqualTo("frame 260, 2.0 frames/s, 0.0 MB so far");
        }
    }
}
