package dev.repsr.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonArgumentsTest {

    @Test
    void defaultsCompareEverything() {
        ComparisonArguments arguments = ComparisonArguments.parse();

        assertThat(arguments.nets()).hasToString("[M4C16, M10C32, M16C64]");
        assertThat(arguments.threads()).first().isEqualTo(1);
        assertThat(arguments.threads()).last().isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(arguments.peers()).isEqualTo(List.of("onnx", "torch", "opencv", "onednn"));
        assertThat(arguments.output()).isNull();
    }

    @Test
    void optionsAreRead() {
        ComparisonArguments arguments = ComparisonArguments.parse(
                "--size", "50x30", "--threads", "3", "--nets", "m0c5", "--engines", "scalar", "-o", "page.md");

        assertThat(arguments)
                .isEqualTo(new ComparisonArguments(
                        50,
                        30,
                        4,
                        9,
                        3,
                        List.of(3),
                        List.of(new NetworkSize(0, 5)),
                        List.of("scalar"),
                        List.of("onnx", "torch", "opencv", "onednn"),
                        Path.of("page.md")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--size 640 | 640x360",
                "--size 0x3 | 1 to",
                "--pairs nine | whole number",
                "--nets big | m4c16",
                "--peers ncnn | onednn",
                "--fast yes | no option --fast",
                "--threads | value"
            })
    void mistakesGetOneSentence(String line, String expected) {
        assertThatThrownBy(() -> ComparisonArguments.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("\n");
    }
}
