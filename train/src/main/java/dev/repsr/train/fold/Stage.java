package dev.repsr.train.fold;

/** One step of a fold: makes an {@link AffineMap} out of the one before, and takes gradients the way back. */
sealed interface Stage permits FirstConv, PointwiseConv, SpatialConv, Normalisation, Scaling, Filter {

    /** The map that it makes. */
    AffineMap map();

    /** Fills {@link #map} from the map before. */
    void forward(float[] parameters);

    /** From the gradients of {@link #map} sets those of the map before, and adds to those of the parameters. */
    void backward(float[] parameters, float[] gradients);
}
