package dev.repsr.train.fold;

/** A convolution of the block's input: its map is the parameter itself, which the next stage reads and adds gradients to. */
record FirstConv(AffineMap map, Bias bias) implements Stage {

    @Override
    public void forward(float[] parameters) {
        bias.read(parameters, map.bias);
    }

    @Override
    public void backward(float[] parameters, float[] gradients) {
        bias.addGradient(map.biasGradient, gradients);
    }
}
