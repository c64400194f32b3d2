package dev.repsr.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.engine.ArrayRows;
import dev.repsr.engine.Engine;
import dev.repsr.engine.EnlargedRows;
import dev.repsr.engine.Networks;
import dev.repsr.image.PictureFormat;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorWidthsTest {

    /** A sum's order depends on the network alone, so a picture has the same bits on every processor. */
    @ParameterizedTest
    @CsvSource({
        "direct,5",
        "direct,16",
        "direct,40",
        "direct,64",
        "direct,80",
        "winograd,5",
        "winograd,16",
        "winograd,40",
        "winograd,64",
        "winograd,80"
    })
    void allWidthsGiveTheSameBits(String name, int channels) throws IOException {
        Network network = Networks.random(2, channels, 2, channels);
        float[] picture = Networks.picture(3 * 37 * 9, 1);
        float[] first = enlarge(engine(VectorWidth.available().getFirst(), name), network, picture);
        for (VectorWidth width : VectorWidth.available()) {
            assertThat(Arrays.equals(enlarge(engine(width, name), network, picture), first))
                    .as("%d bits", width.bits())
                    .isTrue();
        }
    }

    /** The engine of this name in this width. */
    static Engine engine(VectorWidth width, String name) {
        FloatVectorEngines engines = new FloatVectorEngines(width);
        return name.equals("winograd") ? engines.winograd() : engines.direct();
    }

    private static float[] enlarge(Engine engine, Network network, float[] picture) throws IOException {
        ArrayRows rows = new ArrayRows(new PictureFormat(37, 9, 3, 8), picture);
        return ArrayRows.readAll(new EnlargedRows(engine.prepare(network), rows, 1, Long.MAX_VALUE));
    }
}
