package dev.repsr.app.video;

/**
 * What a NUT stream of one film says before its first frame.
 *
 * @param timeBaseNumerator of the seconds that timestamps count, at least 1
 * @param timeBaseDenominator of the same, at least 1
 * @param fourcc kind of the frames, as the container writes it
 * @param width pixels of a frame, at least 1
 * @param height rows of a frame, at least 1
 * @param pixelWidth shape of a pixel; 0 if unknown
 * @param pixelHeight of the same
 * @param delay frames by which a decoder lags behind, 0 for raw frames
 * @param setup what a decoder needs before the first frame; empty for raw frames
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NutHeader(
        long timeBaseNumerator,
        long timeBaseDenominator,
        byte[] fourcc,
        int width,
        int height,
        int pixelWidth,
        int pixelHeight,
        int delay,
        byte[] setup) {

    /** The same with frames of another size and kind. */
    NutHeader with(byte[] newFourcc, int newWidth, int newHeight) {
        return new NutHeader(
                timeBaseNumerator,
                timeBaseDenominator,
                newFourcc,
                newWidth,
                newHeight,
                pixelWidth,
                pixelHeight,
                delay,
                setup);
    }

    /** A timestamp as seconds. */
    double seconds(long timestamp) {
        return (double) timestamp * timeBaseNumerator / timeBaseDenominator;
    }
}
