package dev.repsr.train.vector;

/** What {@link VectorLoss} does with one row of pixels. */
interface RowLoss {

    /** Replaces the output, whole vectors, by the error; the sum of its absolute values. */
    double errors(float[] output, int at, float[] target, int targetAt, int length);

    /** Luma of the errors, {@link VectorLoss#LUMA_STRIDE} floats a pixel from index 0 on, and zero behind the last place. */
    void luma(float[] errors, int at, int pixels, float[] luma);

    /** Sum of the squares of so many floats, whole vectors. */
    double squares(float[] values, int at, int length);

    /** Replaces errors, whole vectors, by their derivative times the factor. */
    void derive(float[] errors, int at, int length, float factor);

    /** Takes the luma from the errors of its pixel's colours. */
    void takeLuma(float[] luma, float[] errors, int at, int pixels);

    /** Takes the sum of the colours' derivatives from that of the luma. */
    void takeColours(float[] gradient, int at, int pixels, float[] luma);

    /** Adds the luma's derivatives to those of the colours. */
    void addLuma(float[] luma, float[] gradient, int at, int pixels);
}
