package dev.repsr.train.step;

import java.util.List;

/** The maps of a sample on its way through the merged network. */
final class SampleMaps {
    /** The picture. */
    final float[] picture;

    /** Of each layer but the last, what it made. */
    final float[][] z;

    /** Gradient of the newest of those. */
    final float[] dz;

    SampleMaps(List<? extends ConvKernels> layers) {
        picture = new float[layers.getFirst().in().size()];
        z = new float[layers.size() - 1][];
        int largest = 0;
        for (int i = 0; i < z.length; i++) {
            int size = layers.get(i).out().size();
            z[i] = new float[size];
            largest = Math.max(largest, size);
        }
        dz = new float[largest];
    }

    /** What a layer reads. */
    float[] input(int layer) {
        return layer == 0 ? picture : z[layer - 1];
    }
}
