package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class TorchNetworkTest {
    private static final int CHANNELS = 3;

    @Test
    void ourPreluAndItsGradientsAreThoseOfLibtorch() {
        Tensor x = torch.randn(2, CHANNELS, 5, 7).contiguous(torch.MemoryFormat.ChannelsLast);
        Tensor ours = x.clone().requires_grad_(true);
        Tensor theirs = x.clone().requires_grad_(true);
        Tensor ourSlope = slope();
        Tensor theirSlope = slope();

        Tensor output = TorchNetwork.prelu(ours, ourSlope);
        Tensor expected = torch.prelu(theirs, theirSlope);
        output.square().sum().backward();
        expected.square().sum().backward();

        assertThat(output.is_contiguous(torch.MemoryFormat.ChannelsLast)).isTrue();
        assertThat(difference(output, expected)).isZero();
        assertThat(difference(ours.grad(), theirs.grad())).isZero();
        assertThat(difference(ourSlope.grad(), theirSlope.grad())).isLessThan(1e-5f);
    }

    /** Or a run that diverges would go on. */
    @Test
    void ourPreluLetsNothingPassForFinite() {
        Tensor x = torch.tensor(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)
                .reshape(1, CHANNELS, 1, 1);
        assertThat(torch.isfinite(TorchNetwork.prelu(x, slope())).any().item_bool())
                .isFalse();
    }

    private static Tensor slope() {
        return torch.tensor(0.25f, -0.5f, 1.5f).requires_grad_(true);
    }

    private static float difference(Tensor one, Tensor other) {
        return one.sub(other).abs().max().item_float();
    }
}
