package dev.repsr;

import dev.repsr.check.SelfCheck;
import dev.repsr.engine.NetworkRows;
import dev.repsr.engine.RowNetwork;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;

/**
 * One network that a picture goes through, and the check of what it makes.
 *
 * @param network of the model, as it runs pictures of this size
 * @param input what goes into it
 */
record NetworkStep(LoadedModel model, RowNetwork network, PictureFormat input) {

    static NetworkStep of(LoadedModel model, PictureFormat input) {
        return new NetworkStep(model, model.network().forPicture(input.width(), input.height()), input);
    }

    int scale() {
        return model.scale();
    }

    /** What comes out of it. */
    PictureFormat output() {
        return input.resized(Math.multiplyExact(input.width(), scale()), Math.multiplyExact(input.height(), scale()));
    }

    private NetworkRows rows(UpscaleOptions options) {
        return new NetworkRows(network, options.ensemble());
    }

    /** Bytes that the network needs at least, its check not counted. */
    long leastBytes(UpscaleOptions options) {
        return rows(options).bytesNeeded(input);
    }

    /** Bytes that the network takes with these threads and this limit, its check not counted. */
    long bytesTaken(UpscaleOptions options, int threads, long limit) throws IOException {
        return rows(options).bytesTaken(input, threads, limit);
    }

    /** Bytes that the check takes. */
    long checkBytes(UpscaleOptions options, int threads) {
        if (options.selfCheck() == SelfCheckMode.OFF) {
            return 0;
        }
        NetworkRows running = rows(options);
        int reach = running.reach(input);
        return SelfCheck.bytes(input, scale(), reach, running.rowsAhead(threads))
                + running.bytesNeeded(SelfCheck.piece(input, reach));
    }

    /** The enlarged and checked rows; closed together with {@code rows}. */
    PictureRows enlarge(String name, PictureRows rows, UpscaleOptions options, int threads, long bytes)
            throws IOException {
        NetworkRows running = rows(options);
        if (options.selfCheck() == SelfCheckMode.OFF) {
            return running.enlarge(rows, threads, bytes);
        }
        SelfCheck check = new SelfCheck(
                name,
                input,
                scale(),
                model.checked(network, input, options.ensemble()),
                options.selfCheck() == SelfCheckMode.STRICT);
        return check.output(running.enlarge(check.input(rows), threads, bytes));
    }
}
