package dev.repsr.engine;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;

/**
 * Enlarges a picture of any channels by an RGB network, so that what went in comes out: grey stays grey, and alpha is kept.
 *
 * <p>Grey runs as R = G = B. The network's three outputs are then three estimates of one value, none better than the
 * others, so their mean is taken. Alpha runs through the network as a grey picture of its own, apart from the colours.
 */
public final class NetworkRows {
    private static final int RGB = 3;

    private NetworkRows() {}

    /**
     * The enlarged picture, with the input's channels. Cancelled as {@link EnlargedRows} is, and closed together with the
     * input.
     *
     * @param input 1 to 4 channels
     * @param threads at most this many compute; 1 uses the reading thread alone
     * @param memoryLimit bytes that buffers may take
     * @throws ImageRefused if that is too little; says how many bytes are needed
     */
    public static PictureRows enlarge(PreparedNetwork network, PictureRows input, int threads, long memoryLimit)
            throws ImageRefused {
        PictureFormat format = input.format();
        if (!format.hasAlpha()) {
            return colours(network, input, threads, memoryLimit);
        }
        long each = memoryLimit / 2;
        PictureFormat rgb = new PictureFormat(format.width(), format.height(), RGB, format.bitDepth());
        BandPlan plan = EnlargedRows.plan(network, rgb, threads, each);
        BandThreads shared = new BandThreads(plan.threads());
        ChannelSplit split = new ChannelSplit(input);
        PictureRows colour = colours(split.colour(), plan, shared);
        PictureRows alpha = new AlphaRows(split.alpha(), rows -> colours(rows, plan, shared));
        return new JoinedRows(colour, alpha, shared, input);
    }

    /** Bytes of working memory that a picture of this size and these channels needs at least. */
    public static long bytesNeeded(PreparedNetwork network, PictureFormat format) {
        return (format.hasAlpha() ? 2 : 1) * EnlargedRows.bytesNeeded(network, format.width(), format.height());
    }

    /** Bytes of working memory that a picture takes when that many threads compute it and memory is no matter. */
    public static long bytesTaken(PreparedNetwork network, PictureFormat format, int threads) throws ImageRefused {
        long each = BandPlan.of(network, format.width(), format.height(), threads, Long.MAX_VALUE)
                .bytes();
        return (format.hasAlpha() ? 2 : 1) * each;
    }

    /** Most rows of the input that are read before the enlarged rows of the first of them are. */
    public static long rowsAhead(PreparedNetwork network, int threads) {
        return network.network().radius() + BandPlan.rowsAhead(threads);
    }

    private static PictureRows colours(PreparedNetwork network, PictureRows input, int threads, long memoryLimit)
            throws ImageRefused {
        boolean grey = input.format().channels() == 1;
        PictureRows rgb = grey ? new GreyAsRgb(input) : input;
        PictureRows enlarged = new EnlargedRows(network, rgb, threads, memoryLimit);
        return grey ? new RgbAsGrey(enlarged) : enlarged;
    }

    private static PictureRows colours(PictureRows input, BandPlan plan, BandThreads threads) {
        boolean grey = input.format().channels() == 1;
        PictureRows rgb = grey ? new GreyAsRgb(input) : input;
        PictureRows enlarged = new EnlargedRows(rgb, plan, threads, false);
        return grey ? new RgbAsGrey(enlarged) : enlarged;
    }
}
