package dev.repsr.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class PthFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void givesANetworkOrARefusal(byte[] file) {
        Hostile.read(ModelFormat.PTH, List.of(file));
    }
}
