package dev.repsr.train.fold;

/** Multiplies a kernel by its map's scale, for stages that do not take a scale over. */
final class Scaling implements Stage {
    private final AffineMap before;
    private final float[] scale;
    private final AffineMap map;

    /**
     * Behind a map that has a scale.
     *
     * @param scale that of {@code before}
     */
    Scaling(AffineMap before, float[] scale) {
        this.before = before;
        this.scale = scale;
        map = AffineMap.own(before.in, before.out, before.height, before.width);
    }

    @Override
    public AffineMap map() {
        return map;
    }

    @Override
    public void forward(float[] parameters) {
        float[] from = before.kernel(parameters);
        float[] to = map.kernel(parameters);
        int row = map.row();
        for (int o = 0; o < map.out; o++) {
            for (int i = o * row; i < (o + 1) * row; i++) {
                to[i] = scale[o] * from[before.at() + i];
            }
        }
        System.arraycopy(before.bias, 0, map.bias, 0, map.out);
    }

    @Override
    public void backward(float[] parameters, float[] gradients) {
        float[] kernel = before.kernel(parameters);
        float[] gradient = map.gradient(gradients);
        float[] into = before.gradient(gradients);
        int row = map.row();
        for (int o = 0; o < map.out; o++) {
            float sum = 0;
            for (int i = o * row; i < (o + 1) * row; i++) {
                int at = before.at() + i;
                sum += gradient[i] * kernel[at];
                into[at] = (before.adds() ? into[at] : 0) + scale[o] * gradient[i];
            }
            before.scaleGradient[o] = sum;
        }
        System.arraycopy(map.biasGradient, 0, before.biasGradient, 0, map.out);
    }
}
