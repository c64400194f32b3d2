package dev.repsr.bench;

import dev.repsr.format.OnnxFile;
import dev.repsr.network.Network;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_dnn.Net;

/** OpenCV's own dnn module on the CPU, with its usual settings (fusion and Winograd on); reads the same ONNX file as ONNX Runtime. */
final class OpenCvDnn implements Peer {
    private final FloatPointer planes;
    private final Mat input;
    private final Net net;

    /** @param picture interleaved RGB */
    OpenCvDnn(Network network, float[] picture, int width, int threads) {
        int height = picture.length / 3 / width;
        opencv_core.setNumThreads(threads);
        net = opencv_dnn.readNetFromONNX(OnnxFile.bytes(network, width, height));
        net.setPreferableBackend(opencv_dnn.DNN_BACKEND_OPENCV);
        net.setPreferableTarget(opencv_dnn.DNN_TARGET_CPU);
        planes = new FloatPointer(Planes.ofInterleaved(picture));
        input = new Mat(new int[] {1, 3, height, width}, opencv_core.CV_32F, planes);
    }

    @Override
    public String name() {
        return "OpenCV dnn";
    }

    @Override
    public String version() {
        return MavenVersion.of("org.bytedeco", "opencv");
    }

    @Override
    @SuppressWarnings("try")
    public void run() {
        try (PointerScope scope = new PointerScope()) {
            forward();
        }
    }

    @Override
    @SuppressWarnings("try")
    public float[] result() {
        try (PointerScope scope = new PointerScope()) {
            FloatBuffer buffer = forward().createBuffer();
            float[] result = new float[buffer.remaining()];
            buffer.get(result);
            return Planes.toInterleaved(result);
        }
    }

    @Override
    public void close() {
        net.close();
        input.close();
        planes.close();
    }

    private Mat forward() {
        net.setInput(input);
        return net.forward();
    }
}
