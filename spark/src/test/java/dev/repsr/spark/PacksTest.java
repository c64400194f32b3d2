package dev.repsr.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacksTest {
    @Test
    void largePictureHasTaskOfItsOwnAndBeginsFirst() {
        List<Packs.Weighed> pictures = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            pictures.add(weighed(i, 100_000));
        }
        pictures.add(weighed(1000, 40_000_000));

        List<List<Item>> packs = Packs.of(pictures, 2);

        assertThat(packs.getFirst()).extracting(Item::index).containsExactly(1000);
        assertThat(packs.stream().mapToInt(List::size).sum()).isEqualTo(1001);
    }

    @Test
    void smallPicturesShareTasks() {
        List<Packs.Weighed> pictures = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            pictures.add(weighed(i, 1000));
        }

        assertThat(Packs.of(pictures, 4)).hasSizeBetween(32, 33);
    }

    @Test
    void fewPicturesKeepAllCoresBusy() {
        List<Packs.Weighed> pictures = List.of(weighed(0, 500_000), weighed(1, 500_000), weighed(2, 500_000));

        assertThat(Packs.of(pictures, 4)).hasSize(3);
    }

    @Test
    void noPictureNeedsNoTask() {
        assertThat(Packs.of(List.of(), 4)).isEmpty();
    }

    private static Packs.Weighed weighed(int index, long pixels) {
        return new Packs.Weighed(new Item(index, "p" + index, 1, "o" + index, null), pixels);
    }
}
