package dev.repsr.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class NcnnFuzzTest {

    /** @param files length of the text in two bytes, the text, the numbers */
    @FuzzTest(maxDuration = "15s")
    void givesANetworkOrARefusal(byte[] files) {
        if (files.length >= 2) {
            int length = Math.min(((files[0] & 0xFF) << 8) | (files[1] & 0xFF), files.length - 2);
            Hostile.read(
                    ModelFormat.NCNN,
                    List.of(
                            Arrays.copyOfRange(files, 2, 2 + length),
                            Arrays.copyOfRange(files, 2 + length, files.length)));
        }
    }
}
