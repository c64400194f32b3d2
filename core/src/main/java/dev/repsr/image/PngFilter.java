package dev.repsr.image;

/**
 * Row filters of PNG (W3C PNG specification, third edition, clause 9): of the five, the one whose signed output has the
 * smallest sum of magnitudes is taken, as the specification recommends.
 */
final class PngFilter {
    private final int pixelBytes;
    /** The row above, preceded by as many zeros as a pixel has bytes. */
    private byte[] above;

    private byte[] best;
    private byte[] other;

    /**
     * @param pixelBytes bytes of a whole pixel
     * @param rowBytes bytes of a row
     */
    PngFilter(int pixelBytes, int rowBytes) {
        this.pixelBytes = pixelBytes;
        this.above = new byte[pixelBytes + rowBytes];
        this.best = new byte[1 + rowBytes];
        this.other = new byte[1 + rowBytes];
    }

    /**
     * Filters the next row.
     *
     * @param row {@code pixelBytes} zeros, then the row; kept until the next call
     * @return an array for the next row, in which the first {@code pixelBytes} are zero
     */
    byte[] next(byte[] row) {
        long smallest = Long.MAX_VALUE;
        for (int type = 0; type <= 4; type++) {
            long sum = filter(type, row);
            if (sum < smallest) {
                smallest = sum;
                other[0] = (byte) type;
                byte[] swap = best;
                best = other;
                other = swap;
            }
        }
        byte[] free = above;
        above = row;
        return free;
    }

    /** The filtered row: the filter's number, then its output. Valid until the next call of {@link #next}. */
    byte[] filtered() {
        return best;
    }

    private long filter(int type, byte[] row) {
        return switch (type) {
            case 0 -> none(row);
            case 1 -> sub(row);
            case 2 -> up(row);
            case 3 -> average(row);
            default -> paeth(row);
        };
    }

    private long none(byte[] row) {
        long sum = 0;
        for (int i = 1; i < other.length; i++) {
            byte value = row[i - 1 + pixelBytes];
            other[i] = value;
            sum += Math.abs(value);
        }
        return sum;
    }

    private long sub(byte[] row) {
        long sum = 0;
        for (int i = 1; i < other.length; i++) {
            byte value = (byte) (row[i - 1 + pixelBytes] - row[i - 1]);
            other[i] = value;
            sum += Math.abs(value);
        }
        return sum;
    }

    private long up(byte[] row) {
        long sum = 0;
        for (int i = 1; i < other.length; i++) {
            byte value = (byte) (row[i - 1 + pixelBytes] - above[i - 1 + pixelBytes]);
            other[i] = value;
            sum += Math.abs(value);
        }
        return sum;
    }

    private long average(byte[] row) {
        long sum = 0;
        for (int i = 1; i < other.length; i++) {
            int mean = ((row[i - 1] & 0xFF) + (above[i - 1 + pixelBytes] & 0xFF)) >> 1;
            byte value = (byte) (row[i - 1 + pixelBytes] - mean);
            other[i] = value;
            sum += Math.abs(value);
        }
        return sum;
    }

    private long paeth(byte[] row) {
        long sum = 0;
        for (int i = 1; i < other.length; i++) {
            int left = row[i - 1] & 0xFF;
            int up = above[i - 1 + pixelBytes] & 0xFF;
            int corner = above[i - 1] & 0xFF;
            int toLeft = Math.abs(up - corner);
            int toUp = Math.abs(left - corner);
            int toCorner = Math.abs(left + up - 2 * corner);
            int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
            byte value = (byte) (row[i - 1 + pixelBytes] - nearest);
            other[i] = value;
            sum += Math.abs(value);
        }
        return sum;
    }
}
