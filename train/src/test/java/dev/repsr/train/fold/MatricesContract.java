package dev.repsr.train.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every implementation of {@link Matrices} has to do, bit for bit. */
public abstract class MatricesContract {
    private static final float UNTOUCHED = -77;

    /** The implementation under test. */
    protected abstract Matrices matrices();

    @ParameterizedTest(name = "{0}x{2} times {2}x{1}")
    @CsvSource({
        "1, 1, 1",
        "1, 7, 3",
        "3, 1, 5",
        "5, 3, 1",
        "4, 16, 8",
        "16, 144, 32",
        "17, 33, 9",
        "7, 65, 66",
        "13, 15, 31",
        "2, 127, 3",
        "1, 576, 4",
        "36, 9, 128",
        "0, 5, 3",
        "5, 0, 3",
        "5, 3, 0"
    })
    void productIsAChainOfFusedMultiplyAddsInAscendingOrder(int rows, int columns, int depth) {
        for (boolean transposed : new boolean[] {false, true}) {
            for (boolean add : new boolean[] {false, true}) {
                assertProduct(rows, columns, depth, transposed, add);
            }
        }
    }

    private void assertProduct(int rows, int columns, int depth, boolean transposed, boolean add) {
        Random random = new Random(rows * 31L + columns * 17L + depth);
        int aRow = transposed ? 1 : depth + 2;
        int aStep = transposed ? rows + 3 : 1;
        int bRow = columns + 1;
        int cRow = columns + 5;
        float[] a = random(random, 4 + rows * aRow + depth * aStep);
        float[] b = random(random, 3 + depth * bRow);
        float[] c = new float[2 + rows * cRow + 40];
        float[] expected = new float[c.length];
        for (int i = 0; i < c.length; i++) {
            boolean inside = i >= 2 && i < 2 + rows * cRow && (i - 2) % cRow < columns;
            c[i] = inside ? random.nextFloat(-1, 1) : UNTOUCHED;
            expected[i] = inside ? chain(a, aRow, aStep, b, bRow, i - 2, cRow, depth, add ? c[i] : 0) : UNTOUCHED;
        }
        matrices().multiply(a, 4, aRow, aStep, b, 3, bRow, c, 2, cRow, rows, columns, depth, add);
        assertThat(c).containsExactly(expected);
    }

    private static float chain(
            float[] a, int aRow, int aStep, float[] b, int bRow, int place, int cRow, int depth, float start) {
        float sum = start;
        for (int k = 0; k < depth; k++) {
            sum = Math.fma(a[4 + place / cRow * aRow + k * aStep], b[3 + k * bRow + place % cRow], sum);
        }
        return sum;
    }

    private static float[] random(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat(-1, 1);
        }
        return values;
    }

    /** A zero factor counts too: a vector or scalar that skips it would hide what went wrong. */
    @Test
    void zeroTimesInfinityIsNotANumber() {
        float[] c = new float[1];
        float[] infinite = {Float.POSITIVE_INFINITY};
        matrices().multiply(new float[1], 0, 1, 1, infinite, 0, 1, c, 0, 1, 1, 1, 1, false);
        assertThat(c).containsExactly(Float.NaN);
    }
}
