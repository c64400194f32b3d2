package dev.repsr.train.degrade;

/**
 * What JPEG does to a picture, without making a file: YCbCr with colours at half the resolution, cosine transform of 8x8 blocks,
 * the coefficients rounded by the tables of ITU-T T.81, Annex K, scaled by quality as the Independent JPEG Group does. The
 * entropy coding, which loses nothing, is left out; it would cost most of the time.
 */
final class Jpeg {
    private static final int B = 8;
    private static final int[] LUMA = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };
    private static final int[] COLOUR = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
                99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                99, 99,
        99, 99, 99, 99
    };

    /** [u][x]: the orthonormal cosine transform. */
    private static final float[] COSINES = new float[B * B];

    static {
        for (int u = 0; u < B; u++) {
            double norm = u == 0 ? StrictMath.sqrt(1.0 / B) : StrictMath.sqrt(2.0 / B);
            for (int x = 0; x < B; x++) {
                COSINES[u * B + x] = (float) (norm * StrictMath.cos((2 * x + 1) * u * StrictMath.PI / (2 * B)));
            }
        }
    }

    private final float[] luma;
    private final float[] colour;
    private final float[] block = new float[B * B];
    private final float[] half = new float[B * B];

    /** @param quality 1 to 100 */
    Jpeg(int quality) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        luma = table(LUMA, percent);
        colour = table(COLOUR, percent);
    }

    private static float[] table(int[] base, int percent) {
        float[] table = new float[base.length];
        for (int i = 0; i < base.length; i++) {
            table[i] = Math.clamp((base[i] * percent + 50) / 100, 1, 255);
        }
        return table;
    }

    /** The picture as a decoder would show it, rounded to 8 bits. */
    Planes apply(Planes picture) {
        int width = Math.ceilDiv(picture.width(), 2 * B) * 2 * B;
        int height = Math.ceilDiv(picture.height(), 2 * B) * 2 * B;
        float[][] planes = toYcc(picture, width, height);
        code(planes[0], width, height, luma);
        for (int c = 1; c < Planes.COLOURS; c++) {
            planes[c] = halved(planes[c], width, height);
            code(planes[c], width / 2, height / 2, colour);
        }
        return toRgb(planes, width, picture.width(), picture.height()).round();
    }

    /** Planes of -128..127, padded by repetition. JFIF's full range. */
    private static float[][] toYcc(Planes picture, int width, int height) {
        float[][] ycc = new float[Planes.COLOURS][width * height];
        int plane = picture.width() * picture.height();
        float[] rgb = picture.values();
        for (int y = 0; y < height; y++) {
            int row = Math.min(y, picture.height() - 1) * picture.width();
            for (int x = 0; x < width; x++) {
                int from = row + Math.min(x, picture.width() - 1);
                float r = level(rgb[from]);
                float g = level(rgb[from + plane]);
                float b = level(rgb[from + 2 * plane]);
                int to = y * width + x;
                ycc[0][to] = Math.round(0.299f * r + 0.587f * g + 0.114f * b) - 128;
                ycc[1][to] = Math.round(-0.168736f * r - 0.331264f * g + 0.5f * b);
                ycc[2][to] = Math.round(0.5f * r - 0.418688f * g - 0.081312f * b);
            }
        }
        return ycc;
    }

    private static float level(float value) {
        return Math.round(Math.clamp(value, 0f, 1f) * 255f);
    }

    private static float[] halved(float[] plane, int width, int height) {
        float[] result = new float[width / 2 * (height / 2)];
        for (int y = 0; y < height / 2; y++) {
            for (int x = 0; x < width / 2; x++) {
                int from = 2 * y * width + 2 * x;
                result[y * (width / 2) + x] =
                        (plane[from] + plane[from + 1] + plane[from + width] + plane[from + width + 1]) / 4;
            }
        }
        return result;
    }

    private void code(float[] plane, int width, int height, float[] table) {
        for (int y = 0; y < height; y += B) {
            for (int x = 0; x < width; x += B) {
                int corner = y * width + x;
                for (int i = 0; i < B; i++) {
                    System.arraycopy(plane, corner + i * width, block, i * B, B);
                }
                forward(block, half);
                forward(half, block);
                for (int i = 0; i < block.length; i++) {
                    block[i] = Math.round(block[i] / table[i]) * table[i];
                }
                inverse(block, half);
                inverse(half, block);
                for (int i = 0; i < B; i++) {
                    System.arraycopy(block, i * B, plane, corner + i * width, B);
                }
            }
        }
    }

    /** Transforms the rows and swaps rows with columns, so that twice is the whole transform. */
    private static void forward(float[] from, float[] to) {
        for (int row = 0; row < B; row++) {
            for (int u = 0; u < B; u++) {
                float sum = 0;
                for (int x = 0; x < B; x++) {
                    sum += COSINES[u * B + x] * from[row * B + x];
                }
                to[u * B + row] = sum;
            }
        }
    }

    private static void inverse(float[] from, float[] to) {
        for (int row = 0; row < B; row++) {
            for (int x = 0; x < B; x++) {
                float sum = 0;
                for (int u = 0; u < B; u++) {
                    sum += COSINES[u * B + x] * from[row * B + u];
                }
                to[x * B + row] = sum;
            }
        }
    }

    private static Planes toRgb(float[][] ycc, int stride, int width, int height) {
        Planes result = Planes.black(width, height);
        float[] rgb = result.values();
        int plane = width * height;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float luma = ycc[0][y * stride + x] + 128;
                int small = y / 2 * (stride / 2) + x / 2;
                float cb = ycc[1][small];
                float cr = ycc[2][small];
                int to = y * width + x;
                rgb[to] = (luma + 1.402f * cr) / 255f;
                rgb[to + plane] = (luma - 0.344136f * cb - 0.714136f * cr) / 255f;
                rgb[to + 2 * plane] = (luma + 1.772f * cb) / 255f;
            }
        }
        return result;
    }
}
