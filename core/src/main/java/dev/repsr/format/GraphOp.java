package dev.repsr.format;

import dev.repsr.network.Tensor;
import java.util.List;

/** What an operator of an ONNX or ncnn graph does, in the words of this family of networks. Blobs are called by name. */
sealed interface GraphOp {

    /** Operator and name, as messages call it. */
    String name();

    /** Blobs that it reads. */
    List<String> inputs();

    /** Blob that it makes. */
    String output();

    /**
     * 3x3 convolution, stride 1, zero padding 1.
     *
     * @param weight [out, in, 3, 3]
     * @param bias [out]
     */
    record Conv(String name, String input, String output, Tensor weight, Tensor bias) implements GraphOp {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * PReLU, LeakyReLU or ReLU.
     *
     * @param slopes [channels], or one for all
     */
    record Slopes(String name, String input, String output, Tensor slopes) implements GraphOp {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Pixel shuffle.
     *
     * @param depthFirst whether channel (r*s + q)*C + c becomes channel c at row r and column q, instead of c*s*s + r*s + q
     */
    record Shuffle(String name, String input, String output, int scale, boolean depthFirst) implements GraphOp {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Nearest-neighbour enlargement. */
    record Nearest(String name, String input, String output, int scale) implements GraphOp {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Sum of two blobs. */
    record Sum(String name, String left, String right, String output) implements GraphOp {
        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }
    }

    /** Another name for the same values. */
    record Same(String name, String input, String output) implements GraphOp {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }
}
