package dev.repsr.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class OnnxFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void givesANetworkOrARefusal(byte[] file) {
        Hostile.read(ModelFormat.ONNX, List.of(file));
    }
}
