package dev.repsr.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.engine.ArrayRows;
import dev.repsr.engine.EnlargedRows;
import dev.repsr.engine.Networks;
import dev.repsr.image.PictureFormat;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorWidthsTest {

    /** A sum's order depends on the network alone, so a picture has the same bits on every processor. */
    @ParameterizedTest
    @ValueSource(ints = {5, 16, 40, 64, 80})
    void allWidthsGiveTheSameBits(int channels) throws IOException {
        Network network = Networks.random(2, channels, 2, channels);
        float[] picture = Networks.picture(3 * 37 * 9, 1);
        float[] first = enlarge(VectorWidth.available().getFirst(), network, picture);
        for (VectorWidth width : VectorWidth.available()) {
            assertThat(Arrays.equals(enlarge(width, network, picture), first))
                    .as("%d bits", width.bits())
                    .isTrue();
        }
    }

    private static float[] enlarge(VectorWidth width, Network network, float[] picture) throws IOException {
        ArrayRows rows = new ArrayRows(new PictureFormat(37, 9, 3, 8), picture);
        return ArrayRows.readAll(new EnlargedRows(new DirectEngine(width).prepare(network), rows, 1, Long.MAX_VALUE));
    }
}
