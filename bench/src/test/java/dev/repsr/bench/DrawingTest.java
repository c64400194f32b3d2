package dev.repsr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.Picture;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawingTest {
    private static final int SIDE = 128;

    @Test
    void theSameSeedGivesTheSameDrawingAndEachSeedAnother() {
        Set<Picture> drawings = new HashSet<>();
        for (long seed = 1; seed <= 12; seed++) {
            Picture drawing = Drawing.of(seed, SIDE);
            assertThat(Drawing.of(seed, SIDE)).isEqualTo(drawing);
            drawings.add(drawing);
        }
        assertThat(drawings).hasSize(12);
    }

    /** What drawings are and photographs are not: much of them is flat, and where it is not, it is steep. */
    @Test
    void mostNeighboursAreEqualAndManyEdgesAreSteep() {
        int flat = 0;
        int steep = 0;
        int all = 0;
        for (long seed = 1; seed <= 12; seed++) {
            Picture drawing = Drawing.of(seed, SIDE);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 1; x < SIDE; x++) {
                    int step = Math.abs(drawing.sample(x, y, 1) - drawing.sample(x - 1, y, 1));
                    flat += step <= 1 ? 1 : 0;
                    steep += step >= 40 ? 1 : 0;
                    all++;
                }
            }
        }
        assertThat(flat).isGreaterThan(all / 2);
        assertThat(steep).isGreaterThan(all / 50);
    }

    @Test
    void everyLetterHasStrokesInsideItsGrid() {
        for (char letter : StrokeFont.LETTERS.toCharArray()) {
            Path2D path = new Path2D.Double();
            StrokeFont.append(path, letter, 10, 20, 2);
            Rectangle2D bounds = path.getBounds2D();
            assertThat(bounds.getHeight()).as("%s", letter).isBetween(8.0, 12.0);
            assertThat(new Rectangle2D.Double(10, 20, 8, 12).contains(bounds.getX(), bounds.getY()))
                    .isTrue();
            assertThat(bounds.getMaxX()).isLessThanOrEqualTo(18);
            assertThat(bounds.getMaxY()).isLessThanOrEqualTo(32);
        }
    }

    @Test
    void theCommandWritesAsManyAsAskedForFromTheSeedOn(@TempDir Path folder) throws IOException {
        Drawings.main(new String[] {folder.toString(), "2", "64", "7"});

        assertThat(ImageReader.read(folder.resolve("drawing-00008.png"), ImageLimits.defaults())
                        .picture())
                .isEqualTo(Drawing.of(8, 64));
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("00009"));
        assertThat(folder.resolve("drawing-00007.png")).exists();
    }
}
