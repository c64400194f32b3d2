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
 *
 * @param network that runs
 * @param ensemble whether the eight flips and rotations of a picture are enlarged, turned back and averaged; this takes somewhat
 *     more than eight times as long
 */
public record NetworkRows(PreparedNetwork network, boolean ensemble) {
    /**
     * The enlarged picture, with the input's channels. Cancelled as {@link EnlargedRows} is, and closed together with the
     * input. The values do not depend on threads or memory limit.
     *
     * @param input 1 to 4 channels
     * @param threads at most this many compute; 1 uses the reading thread alone
     * @param memoryLimit bytes that buffers may take
     * @throws ImageRefused if that is too little; says how many bytes are needed
     */
    public PictureRows enlarge(PictureRows input, int threads, long memoryLimit) throws ImageRefused {
        PictureFormat format = input.format();
        RgbPlan plan = plan(format, threads, memoryLimit);
        BandThreads shared = new BandThreads(plan.threads());
        if (!format.hasAlpha()) {
            return colours(input, plan, shared, true);
        }
        BledRows bled = new BledRows(input, reach());
        ChannelSplit split = new ChannelSplit(bled);
        PictureRows colour = colours(split.colour(), plan, shared, false);
        PictureRows alpha = new AlphaRows(split.alpha(), rows -> colours(rows, plan, shared, false));
        return new JoinedRows(colour, alpha, shared, bled);
    }

    /** Bytes of working memory that a picture of this size and these channels needs at least. */
    public long bytesNeeded(PictureFormat format) {
        long each = ensemble
                ? EnsemblePlan.bytesNeeded(network, format.width(), format.height())
                : BandPlan.bytesNeeded(network, format.width(), format.height());
        return parts(format) * each + alphaBytes(format);
    }

    /** Bytes of working memory that {@link #enlarge} takes with these threads and this limit; throws as it does. */
    public long bytesTaken(PictureFormat format, int threads, long memoryLimit) throws ImageRefused {
        return parts(format) * plan(format, threads, memoryLimit).bytes() + alphaBytes(format);
    }

    /** How many pixels of an input of these channels to each side an enlarged pixel depends on. */
    public int reach(PictureFormat format) {
        int seen = network.network().radius();
        return format.hasAlpha() ? seen + reach() : seen;
    }

    /** Most rows of the input that are read before the enlarged rows of the first of them are. */
    public long rowsAhead(int threads) {
        return network.network().radius() + reach() + (ensemble ? EnsemblePlan.BAND_ROWS : BandPlan.rowsAhead(threads));
    }

    /** What the colours are enlarged by, and alpha in the same way. */
    private RgbPlan plan(PictureFormat format, int threads, long memoryLimit) throws ImageRefused {
        long each = (memoryLimit - alphaBytes(format)) / parts(format);
        return ensemble
                ? EnsemblePlan.of(network, format.width(), format.height(), threads, each)
                : BandPlan.of(network, format.width(), format.height(), threads, each);
    }

    /** Colours and alpha are enlarged each by itself. */
    private static int parts(PictureFormat format) {
        return format.hasAlpha() ? 2 : 1;
    }

    /**
     * What alpha takes beside its enlargement: the colours on their way into what is invisible. An ensemble reads many rows before
     * it gives one: alpha's are kept until it is enlarged, and until it is compared with them.
     */
    private long alphaBytes(PictureFormat format) {
        if (!format.hasAlpha()) {
            return 0;
        }
        long kept = ensemble ? 2 * rowsAhead(1) * format.width() * Float.BYTES : 0;
        return BledRows.bytesNeeded(format, reach()) + kept;
    }

    /** An enlarged pixel may be visible where its own was not but a neighbour's was: one more than the network sees. */
    private int reach() {
        return network.network().radius() + 1;
    }

    private static PictureRows colours(PictureRows input, RgbPlan plan, BandThreads threads, boolean ownsThreads) {
        boolean grey = input.format().channels() == 1;
        PictureRows rgb = grey ? new GreyAsRgb(input) : input;
        PictureRows enlarged = plan.rows(rgb, threads, ownsThreads);
        return grey ? new RgbAsGrey(enlarged) : enlarged;
    }
}
