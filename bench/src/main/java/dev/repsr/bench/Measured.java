package dev.repsr.bench;

import java.util.List;

/**
 * One network on one number of threads.
 *
 * @param network size, such as "M4C16"
 * @param threads that every peer used
 * @param peakGflops of fused multiply-adds, in the same rounds
 * @param rows our first engine first
 */
record Measured(String network, int threads, double peakGflops, List<Row> rows) {

    Measured {
        rows = List.copyOf(rows);
    }

    /**
     * A peer.
     *
     * @param name of the peer
     * @param millis median time
     * @param ratio how many times longer than our first engine it takes, median over the rounds
     * @param gflops speed, counting the operations of direct convolution whatever the algorithm
     * @param share of the peak, median over the rounds
     * @param difference largest to ONNX Runtime's result; NaN where ONNX Runtime did not take part
     */
    record Row(String name, double millis, double ratio, double gflops, double share, double difference) {}
}
