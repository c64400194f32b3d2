package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.repsr.Models;
import dev.repsr.engine.Engines;
import dev.repsr.engine.PreparedNetwork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {

    @Test
    void onlyEnlargingIsWarmedUpFor() {
        assertThat(WarmUp.isWorthIt(List.of("upscale", "a.png"))).isTrue();
        assertThat(WarmUp.isWorthIt(List.of("models"))).isFalse();
        assertThat(WarmUp.isWorthIt(List.of())).isFalse();
    }

    @Test
    void chosenThreadsOrEngineAreAllThatRuns() {
        assertThat(WarmUp.isWorthIt(List.of("upscale", "--threads", "1", "a.png")))
                .isFalse();
        assertThat(WarmUp.isWorthIt(List.of("upscale", "a.png", "--engine=scalar")))
                .isFalse();
    }

    @Test
    void runsWithAnyModelAndLeavesRefusalsToTheRealWork() {
        for (String model : List.of("repsr-m4c16-x2", "no-such-model", "")) {
            assertThatCode(new WarmUp(List.of("upscale", "-m", model))::run).doesNotThrowAnyException();
        }
        assertThatCode(new WarmUp(List.of("upscale", "-m"))::run).doesNotThrowAnyException();
    }

    @Test
    void looksAtTheFirstPictureThatIsEnlarged(@TempDir Path folder) throws IOException {
        String in = png(folder.resolve("in.png"), 30, 20);
        String other = png(folder.resolve("other.png"), 7, 5);
        assertThat(new WarmUp(List.of("upscale", "-o", other, in)).pixels()).isEqualTo(600);
        assertThat(new WarmUp(List.of("upscale", in, other)).pixels()).isEqualTo(600);
        assertThat(new WarmUp(List.of("upscale", folder.toString(), "-")).pixels())
                .isEqualTo(512 * 512);
    }

    /** The small network has less work than the real one, and would choose another engine for this picture by itself. */
    @Test
    void compilesTheEngineThatTheRealNetworkChooses(@TempDir Path folder) throws IOException {
        String model = "repsr-m4c16-x4";
        PreparedNetwork real = Engines.fastest().prepare(Models.open(model).network());
        for (int side : new int[] {2400, 2500, 2600, 2800}) {
            String picture = png(folder.resolve(side + ".png"), side, side);
            assertThat(new WarmUp(List.of("upscale", "-m", model, picture))
                            .network()
                            .engine())
                    .as("%d pixels wide", side)
                    .isEqualTo(real.forPicture(side, side).engine());
        }
    }

    private static String png(Path file, int width, int height) throws IOException {
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return file.toString();
    }
}
