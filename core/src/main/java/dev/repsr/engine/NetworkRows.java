package dev.repsr.engine;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;

/**
 * Enlarges a picture of any channels by an RGB network, so that what went in comes out: grey stays grey, and alpha is kept.
 *
 * <p>Grey runs as R = G = B. The network's three outputs are then three estimates of one value, none better than the
 * others, so their mean is taken. Alpha runs through the network as a grey picture of its own, apart from the colours, which
 * are carried into what is invisible first ({@link BledRows}).
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
        int reach = reach(network);
        long each = (memoryLimit - BledRows.bytesNeeded(format, reach)) / 2;
        PictureFormat rgb = new PictureFormat(format.width(), format.height(), RGB, format.bitDepth());
        BandPlan plan = EnlargedRows.plan(network, rgb, threads, each);
        BandThreads shared = new BandThreads(plan.threads());
        BledRows bled = new BledRows(input, reach);
        ChannelSplit split = new ChannelSplit(bled);
        PictureRows colour = colours(split.colour(), plan, shared);
        PictureRows alpha = new AlphaRows(split.alpha(), rows -> colours(rows, plan, shared));
        return new JoinedRows(colour, alpha, shared, bled);
    }

    /** Bytes of working memory that a picture of this size and these channels needs at least. */
    public static long bytesNeeded(PreparedNetwork network, PictureFormat format) {
        long colours = EnlargedRows.bytesNeeded(network, format.width(), format.height());
        return format.hasAlpha() ? 2 * colours + BledRows.bytesNeeded(format, reach(network)) : colours;
    }

    /** Bytes of working memory that {@link #enlarge} takes with these threads and this limit; throws as it does. */
    public static long bytesTaken(PreparedNetwork network, PictureFormat format, int threads, long memoryLimit)
            throws ImageRefused {
        long bled = format.hasAlpha() ? BledRows.bytesNeeded(format, reach(network)) : 0;
        int parts = format.hasAlpha() ? 2 : 1;
        PictureFormat rgb = new PictureFormat(format.width(), format.height(), RGB, format.bitDepth());
        return bled
                + parts
                        * EnlargedRows.plan(network, rgb, threads, (memoryLimit - bled) / parts)
                                .bytes();
    }

    /** An enlarged pixel may be visible where its own was not but a neighbour's was: one more than the network sees. */
    private static int reach(PreparedNetwork network) {
        return network.network().radius() + 1;
    }

    /** Most rows of the input that are read before the enlarged rows of the first of them are. */
    public static long rowsAhead(PreparedNetwork network, int threads) {
        return network.network().radius() + reach(network) + BandPlan.rowsAhead(threads);
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
