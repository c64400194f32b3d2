package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.OutputRefused;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.Limit;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
    private static final Set<String> UPSCALE =
            Set.of("--memory", "--max-megapixels", "--decode-timeout", "--overwrite");

    @ParameterizedTest
    @CsvSource({"PIXELS, --max-megapixels", "FILE_BYTES, --max-megapixels", "MEMORY, --memory", "TIME, --decode-timeout"
    })
    void limitNamesTheOptionThatRaisesIt(Limit limit, String option) {
        assertThat(Failures.sentence(new ImageRefused(limit, "x is refused"), UPSCALE))
                .isEqualTo("x is refused (" + option + ")");
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    void optionThatAVerbDoesNotHaveIsNotAdvised(Limit limit) {
        String sentence = Failures.sentence(new ImageRefused(limit, "x is refused"), Set.of("--json", "--threads"));

        assertThat(sentence).startsWith("x is refused").doesNotContain("--");
        assertThat(sentence.contains("-Xmx")).isEqualTo(limit == Limit.MEMORY);
    }

    /** The names of files may say anything. */
    @Test
    void wordsOfAMessageAdviseNothing() {
        ImageRefused damaged =
                new ImageRefused(ImageRefused.Reason.DAMAGED, "allow more, raise the limit.png is damaged");

        assertThat(Failures.sentence(damaged, UPSCALE)).isEqualTo("allow more, raise the limit.png is damaged");
    }

    @Test
    void overwritingIsAdvisedWhereThereIsAnOptionForIt() {
        OutputRefused exists = new OutputRefused(OutputRefused.Reason.EXISTS, "x exists");

        assertThat(Failures.sentence(exists, UPSCALE)).isEqualTo("x exists (--overwrite)");
        assertThat(Failures.sentence(exists, Set.of())).isEqualTo("x exists");
    }
}
