package dev.repsr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void ratioIsTheMedianWithinRoundsAndNotTheRatioOfMedians() {
        Rounds rounds = new Rounds(List.of(new double[] {1, 10, 100}, new double[] {4, 20, 100}));

        assertThat(rounds.median(1)).isEqualTo(20);
        assertThat(rounds.ratio(1, 0)).isEqualTo(2);
        assertThat(Median.of(4, 1, 3, 2)).isEqualTo(2.5);
    }

    @Test
    void workTakesTurnsOfARunThatIsNotMeasuredAndOneThatIs() throws IOException, InterruptedException {
        StringBuilder order = new StringBuilder();
        List<Rounds.Turn> turns =
                List.of(new Rounds.Turn(() -> order.append('a'), 0), new Rounds.Turn(() -> order.append('b'), 0));

        Rounds rounds = Rounds.measure(turns, 1, 3);

        assertThat(order).hasToString("aabb" + "aabbaabbaabb");
        assertThat(rounds.nanos())
                .hasSize(2)
                .allSatisfy(times -> assertThat(times).hasSize(3));
    }
}
