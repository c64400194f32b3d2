package dev.repsr.train.step;

import java.util.List;

/** The arrays that one thread computes in, large enough for each of a network's convolutions. */
public final class Workspace {
    private final float[][] kept;
    private final float[][] scratch;

    /**
     * Arrays for these layers.
     *
     * @param keeps whether each layer's kept values have a place of their own, else all share one
     */
    Workspace(List<? extends ConvKernels> layers, boolean keeps) {
        kept = new float[layers.size()][];
        int largest = layers.stream().mapToInt(ConvKernels::keptSize).max().orElse(0);
        float[] shared = new float[keeps ? 0 : largest];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = keeps ? new float[layers.get(i).keptSize()] : shared;
        }
        int arrays = layers.stream()
                .mapToInt(layer -> layer.scratchSizes().length)
                .max()
                .orElse(0);
        scratch = new float[arrays][];
        for (int i = 0; i < arrays; i++) {
            int slot = i;
            scratch[i] = new float
                    [layers.stream()
                            .map(ConvKernels::scratchSizes)
                            .mapToInt(sizes -> slot < sizes.length ? sizes[slot] : 0)
                            .max()
                            .orElse(0)];
        }
    }

    /** What a layer keeps from its way forth to its way back. */
    public float[] kept(int layer) {
        return kept[layer];
    }

    /** An array whose content is not kept. */
    public float[] scratch(int index) {
        return scratch[index];
    }
}
