package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> NAMES = List.of("repsr-m4c16-x2", "repsr-m4c16-x4", "other");

    @Test
    void distanceCountsInsertedDeletedAndReplacedLetters() {
        assertThat(Suggestion.distance("", "")).isZero();
        assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Suggestion.distance("abc", "")).isEqualTo(3);
        assertThat(Suggestion.distance("flaw", "lawn")).isEqualTo(2);
    }

    @Test
    void nearestWordIsSuggestedOnlyWhenItIsNear() {
        assertThat(Suggestion.nearest("RepSR-m4c16x4", NAMES)).contains("repsr-m4c16-x4");
        assertThat(Suggestion.nearest("photo.jpg", NAMES)).isEmpty();
        assertThat(Suggestion.nearest("x", List.of())).isEmpty();
    }
}
