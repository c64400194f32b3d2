package dev.repsr.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.image.Picture;
import dev.repsr.image.PictureRows;
import dev.repsr.image.ResizedRows;
import dev.repsr.merge.ReceiptPatch;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelProofTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8})
    void bicubicAndNearestNeighbourEnlargementPass(int scale) throws IOException {
        for (PlantedFault none : new PlantedFault[] {PlantedFault.NONE, PlantedFault.BLOCKS}) {
            Enlargement right = faulty(none, scale);

            assertThat(proof(scale).by(right, right)).isEqualTo(CellLimit.LEAST);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PlantedFault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "BLOCKS"})
    void everyFaultOfAModelIsFoundAtEveryScale(PlantedFault fault) {
        for (int scale = 2; scale <= 4; scale++) {
            Enlargement wrong = faulty(fault, scale);
            int times = scale;

            assertThatThrownBy(() -> proof(times).by(wrong, wrong))
                    .as("%s at scale %d", fault, scale)
                    .isInstanceOfSatisfying(
                            OutputDisagrees.class,
                            e -> assertThat(e.isOfEveryPicture()).isTrue())
                    .hasMessageStartingWith("a model: ");
        }
    }

    @Test
    void engineThatComputesALittleElseIsFound() throws IOException {
        Enlargement right = faulty(PlantedFault.NONE, 2);
        Enlargement wrong = rows -> new ChangedRows(right.of(rows), row -> row[100] += 0.01f);

        assertThatThrownBy(() -> proof(2).by(wrong, right))
                .isInstanceOf(OutputDisagrees.class)
                .hasMessageContaining("something else than the specification");
    }

    @Test
    void engineThatRoundsOtherwisePasses() {
        Enlargement right = faulty(PlantedFault.NONE, 2);
        Enlargement rounded = rows -> new ChangedRows(right.of(rows), row -> row[100] += 1e-5f);

        assertThatCode(() -> proof(2).by(rounded, right)).doesNotThrowAnyException();
    }

    /** As a network gives it that has hardly been trained: its blocks have no order that could be wrong. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nearestNeighbourEnlargementWithALittleNoisePasses(long seed) {
        for (int scale = 2; scale <= 4; scale++) {
            Enlargement nearest = faulty(PlantedFault.BLOCKS, scale);
            Enlargement noisy = rows -> {
                SplittableRandom random = new SplittableRandom(seed);
                return new ChangedRows(nearest.of(rows), row -> {
                    for (int i = 0; i < row.length; i++) {
                        row[i] += (float) random.nextDouble(-0.004, 0.004);
                    }
                });
            };
            int times = scale;

            assertThatCode(() -> proof(times).by(noisy, noisy))
                    .as("scale %d", scale)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void networkThatChangesColoursGetsMoreRoomAndNeverAllOfIt() throws IOException {
        Enlargement bicubic = faulty(PlantedFault.NONE, 2);
        Enlargement stronger = rows -> new ChangedRows(bicubic.of(rows), row -> {
            for (int i = 0; i < row.length; i++) {
                row[i] += 0.06f * (row[i] - 0.3f);
            }
        });

        assertThat(proof(2).by(stronger, stronger).levels())
                .isGreaterThan(2 * CellLimit.LEAST.levels())
                .isLessThanOrEqualTo(24 / 255.0);
    }

    private static ModelProof proof(int scale) throws IOException {
        return new ModelProof("a model", ReceiptPatch.photograph(), scale);
    }

    /** A model that enlarges, and then makes this mistake. */
    private static Enlargement faulty(PlantedFault fault, int scale) {
        return rows -> {
            Picture picture = Picture.read(rows);
            return fault == PlantedFault.BLOCKS
                    ? fault.rows(picture, picture.rows(), scale)
                    : fault.in(bicubic(picture, scale), scale);
        };
    }

    private static PictureRows bicubic(Picture picture, int scale) {
        return new ResizedRows(picture.rows(), picture.width() * scale, picture.height() * scale);
    }
}
