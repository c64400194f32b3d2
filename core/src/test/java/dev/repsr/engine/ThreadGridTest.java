package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadGridTest {
    @ParameterizedTest
    @CsvSource({
        "1, 6, 91, 640, 1, 1",
        "2, 6, 91, 640, 2, 1",
        "4, 18, 91, 640, 4, 1",
        "16, 18, 91, 640, 8, 2",
        "2, 18, 91, 60, 1, 2",
        "8, 6, 1, 640, 1, 1",
        "8, 6, 1, 6, 1, 1",
        "8, 3, 99, 6, 1, 3"
    })
    void widePicturesAreCutIntoColumnsAndNarrowOnesIntoStages(
            int threads, int stages, int steps, int width, int parts, int groups) {
        assertThat(ThreadGrid.of(threads, stages, steps, width, 1 << 20))
                .isEqualTo(new ThreadGrid(parts, groups, stages, width));
    }

    @ParameterizedTest
    @CsvSource({"1, 18, 640, 1, 1", "2, 18, 640, 1, 2", "4, 18, 640, 1, 4", "16, 18, 640, 2, 8", "3, 2, 640, 3, 1"})
    void threadsThatWouldEachReadManyWeightsShareThem(int threads, int stages, int width, int parts, int groups) {
        assertThat(ThreadGrid.of(threads, stages, 91, width, 8 << 20))
                .isEqualTo(new ThreadGrid(parts, groups, stages, width));
    }

    @Test
    void partsCoverEveryColumnOnceAndReadNothingFurtherRightThanTheStageBeforeHasDone() {
        for (int width = 100; width < 700; width += 37) {
            for (int stages = 1; stages < 20; stages += 3) {
                ThreadGrid grid = ThreadGrid.of(7, stages, 50, width, 0);
                for (int stage = -1; stage < stages; stage++) {
                    int next = 0;
                    for (int part = 0; part < grid.parts(); part++) {
                        assertThat(grid.first(part, stage)).isEqualTo(next);
                        next = grid.end(part, stage);
                        boolean last = part == grid.parts() - 1;
                        assertThat(last || next % RowStage.COLUMNS == 0).isTrue();
                        if (stage >= 0 && !last) {
                            assertThat(next + 1).isLessThanOrEqualTo(grid.end(part, stage - 1));
                            assertThat(next - ThreadGrid.EDGE).isGreaterThanOrEqualTo(grid.first(part, stage));
                        }
                        if (stage > 0 && part > 0) {
                            int read = grid.first(part, stage) - 1;
                            assertThat(read).isGreaterThanOrEqualTo(grid.origin(part));
                            assertThat(grid.first(part, stage - 1) - ThreadGrid.EDGE)
                                    .isLessThanOrEqualTo(read);
                        }
                    }
                    assertThat(next).isEqualTo(width);
                }
            }
        }
    }

    @Test
    void twoPartsHaveTheSameWorkWithinATile() {
        ThreadGrid grid = new ThreadGrid(2, 1, 6, 640);
        int left = 0;
        for (int stage = 0; stage < 6; stage++) {
            left += grid.end(0, stage);
        }
        assertThat(left / 6).isBetween(320 - RowStage.COLUMNS, 320 + RowStage.COLUMNS);
    }

    @Test
    void groupsCoverEveryStageOnce() {
        for (int groups = 1; groups <= 6; groups++) {
            ThreadGrid grid = new ThreadGrid(1, groups, 6, 8);
            for (int group = 0; group < groups; group++) {
                assertThat(grid.firstStage(group + 1)).isGreaterThan(grid.firstStage(group));
                for (int stage = grid.firstStage(group); stage < grid.firstStage(group + 1); stage++) {
                    assertThat(grid.group(stage)).isEqualTo(group);
                }
            }
            assertThat(grid.firstStage(0)).isZero();
            assertThat(grid.firstStage(groups)).isEqualTo(6);
        }
    }
}
