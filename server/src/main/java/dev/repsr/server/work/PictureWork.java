package dev.repsr.server.work;

import dev.repsr.UpscaleResult;
import dev.repsr.Upscaler;
import dev.repsr.image.ImageType;
import dev.repsr.io.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A picture that was sent, and what is to be made of it.
 *
 * @param input the picture; deleted when this is over
 * @param upscaler that makes it, with memory and threads settled
 * @param type of the output
 * @param spool where the output goes
 */
record PictureWork(Spool.Entry input, Upscaler upscaler, ImageType type, Spool spool, long bytes, boolean isSmall)
        implements Work {
    /** What messages call it: they go to strangers, so no path. */
    static final String NAME = "the picture";

    @Override
    public Enlarged run(Ticket ticket) throws IOException {
        Spool.Entry output = spool.create();
        boolean whole = false;
        try (InputStream in = input.read()) {
            UpscaleResult result = upscaler.upscale(in, NAME)
                    .onProgress((done, rows) -> ticket.progress((double) done / rows))
                    .to(output, type);
            output.finish();
            whole = true;
            return new Enlarged(result, output);
        } finally {
            if (!whole) {
                output.close();
            }
        }
    }

    @Override
    public void end() {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
