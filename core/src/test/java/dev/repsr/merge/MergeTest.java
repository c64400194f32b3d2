package dev.repsr.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.block.MergedConv;
import dev.repsr.block.MergedNetwork;
import dev.repsr.block.PlainConv;
import dev.repsr.block.RandomTraining;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.engine.Engine;
import dev.repsr.engine.Engines;
import dev.repsr.engine.ForwardingNetwork;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.engine.RowNetwork;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final double EPSILON = 1e-5;

    private final TrainingNetwork training = RandomTraining.network(2, 3, new RepSrBlock(8), EPSILON, 5);

    @Test
    void aSoundMergeComesWithItsReceipt() throws IOException {
        Merge merge = Merge.of(training, Engines.available());

        assertThat(merge.network().size()).isEqualTo("M3C8");
        assertThat(merge.receipt().patches()).isEqualTo(8);
        assertThat(merge.receipt().maxDifference()).isBetween(Double.MIN_VALUE, 1e-11);
        assertThat(merge.receipt().engineDifference()).isBetween(Double.MIN_VALUE, Receipt.MAX_ENGINE_DIFFERENCE);
        assertThat(merge.receipt().toJson())
                .startsWith("{\"max_difference\":")
                .contains("\"patches\":8")
                .doesNotContain("trainer");
    }

    @Test
    void plainConvolutionsMergeToThemselves() throws IOException {
        TrainingNetwork plain = RandomTraining.network(3, 2, new PlainConv(4), EPSILON, 6);

        Merge merge = Merge.of(plain, Engines.available());

        assertThat(merge.receipt().maxDifference()).isZero();
        assertThat(merge.network().weights().get("body.2.weight"))
                .isEqualTo(plain.weights().get("block.0.weight"));
    }

    @Test
    void aWrongEpsilonIsRefused() {
        assertThatThrownBy(() -> Merge.of(
                        training,
                        right -> new TrainingNetwork(right.topology(), 1.1 * EPSILON, right.weights()).merge(),
                        Engines.available(),
                        null))
                .isInstanceOf(ReceiptRefused.class)
                .hasMessageContaining("differs from its training form by");
    }

    @Test
    void aLostIdentityIsRefused() {
        assertThatThrownBy(() -> Merge.of(training, MergeTest::withoutOneIdentityTap, Engines.available(), null))
                .isInstanceOf(ReceiptRefused.class);
    }

    private static MergedNetwork withoutOneIdentityTap(TrainingNetwork network) {
        MergedNetwork merged = network.merge();
        List<MergedConv> convolutions = new ArrayList<>(merged.convolutions());
        convolutions.get(1).kernel()[4] -= 1;
        return new MergedNetwork(merged.scale(), convolutions, merged.slopes());
    }

    @Test
    void anEngineThatIsWrongInOneBorderRowIsRefused() {
        assertThatThrownBy(() -> Merge.of(training, List.of(new WrongTopRow())))
                .isInstanceOf(ReceiptRefused.class)
                .hasMessageContaining("engine");
    }

    @Test
    void aTrainerThatComputesSomethingElseIsRefused() {
        assertThatThrownBy(() -> Merge.of(
                        training, Engines.available(), (rgb, height, width) -> new float[3 * 4 * height * width]))
                .isInstanceOf(ReceiptRefused.class)
                .hasMessageContaining("training framework");
    }

    /** Leaves out the zero padding's effect in the first row only: by a thousandth. */
    private static final class WrongTopRow implements Engine {
        private final Engine right = Engines.available().getFirst();

        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public PreparedNetwork prepare(Network network) {
            RowNetwork prepared = right.prepare(network).forPicture(32, 32);
            return new ForwardingNetwork(prepared) {
                private final AtomicInteger rows = new AtomicInteger();

                @Override
                public void emit(
                        float[] conv,
                        float[] picture,
                        int first,
                        int end,
                        int width,
                        float[][] enlarged,
                        int at,
                        float[] scratch) {
                    super.emit(conv, picture, first, end, width, enlarged, at, scratch);
                    if (rows.getAndIncrement() == 0) {
                        enlarged[0][0] += 1e-3f;
                    }
                }
            };
        }
    }
}
