package dev.repsr.server.work;

import dev.repsr.Models;
import dev.repsr.UpscaleOptions;
import dev.repsr.UpscalePlan;
import dev.repsr.Upscaler;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Limit;
import dev.repsr.image.PictureProbe;
import dev.repsr.io.ByteBudget;
import dev.repsr.io.Spool;
import dev.repsr.merge.ReceiptPatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/** Takes pictures that were sent: looks at the header, settles memory and threads, and puts them into the workshop's queue. */
public final class Pictures {
    /** Output pixels that are enlarged within a second or so. */
    private static final long SMALL_PIXELS = 4_000_000;

    /** Many times what the largest picture needs. */
    private static final Duration DECODING = Duration.ofSeconds(30);

    private final Workshop workshop;
    private final Upscalers upscalers;
    private final Spool spool;

    /** For headers, which are looked for in whole files: two of the largest at a time. */
    private final ByteBudget headers;

    /** Takes what pictures need; {@code options} are the server's, with its limits. */
    public Pictures(Workshop workshop, ModelCatalog catalog, UpscaleOptions options, Spool spool) {
        this.workshop = workshop;
        this.upscalers = new Upscalers(catalog, options.withMemoryBytes(workshop.memoryBytes()));
        this.spool = spool;
        this.headers = new ByteBudget(2 * Math.max(1, options.limits().maxBytes()));
    }

    /**
     * Enlarges a small photograph by the network that is usual for each scale, so that these have proved themselves and are compiled,
     * and a process that decodes is there, before somebody waits for it. Ends when the thread is interrupted.
     */
    public void warmUp() throws IOException, Refusal {
        ByteArrayOutputStream photograph = new ByteArrayOutputStream();
        ImageWriter.write(ReceiptPatch.photograph().rows(), ImageType.JPEG, EncodeOptions.defaults(), photograph);
        for (Models.BuiltIn builtIn : Models.list()) {
            if (builtIn.isDefault() && !Thread.currentThread().isInterrupted()) {
                Upscaler upscaler = upscalers.of(PictureRequest.of(Map.of("scale", String.valueOf(builtIn.scale()))));
                upscaler.with(upscaler.options().withDecodeTime(DECODING))
                        .upscale(new ByteArrayInputStream(photograph.toByteArray()))
                        .to(OutputStream.nullOutputStream(), ImageType.PNG);
            }
        }
    }

    /** Refuses what the parameters alone show to be impossible. */
    public void check(PictureRequest request) throws Refusal {
        upscaler(request);
    }

    private Upscaler upscaler(PictureRequest request) throws Refusal {
        try {
            return upscalers.of(request);
        } catch (IOException e) {
            throw Refusal.of(e);
        }
    }

    /**
     * Takes a picture. It is deleted when it is not needed any more, also where it is refused.
     *
     * @throws Refusal if the header shows that it cannot be enlarged, or the queue is full
     */
    public Ticket take(Spool.Entry input, PictureRequest request, Duration deadline)
            throws Refusal, InterruptedException {
        boolean taken = false;
        try {
            Ticket ticket = workshop.submit(work(input, request, deadline), deadline);
            taken = true;
            return ticket;
        } catch (IOException e) {
            throw Refusal.of(e);
        } finally {
            if (!taken) {
                delete(input);
            }
        }
    }

    private static void delete(Spool.Entry input) throws Refusal {
        try {
            input.close();
        } catch (IOException e) {
            throw Refusal.of(e);
        }
    }

    private PictureWork work(Spool.Entry input, PictureRequest request, Duration deadline)
            throws IOException, Refusal, InterruptedException {
        if (!PictureProbe.needsNoOtherProgram(input.file())) {
            throw new Refusal(
                    Refusal.Reason.NOT_A_PICTURE,
                    input.size() == 0
                            ? "there is no picture in the request; send it as the body, or as the field 'image'"
                            : "this is not a picture of a format that is read here: PNG, JPEG, WebP, TIFF, GIF, BMP and PNM"
                                    + " are");
        }
        Upscaler upscaler = upscaler(request);
        // A decoder that hangs is ended, and its picture with it.
        UpscaleOptions options = upscaler.options()
                .withThreads(workshop.share())
                .withDecodeTime(deadline.compareTo(DECODING) < 0 ? deadline : DECODING);
        UpscalePlan plan = plan(input, upscaler.with(options), request);
        long allowed = workshop.memoryBytes();
        if (plan.leastBytes() > allowed) {
            throw Refusal.of(new ImageRefused(
                    Limit.MEMORY,
                    PictureWork.NAME + " needs " + mebibytes(plan.leastBytes())
                            + " MiB of memory to be enlarged, and there are " + mebibytes(allowed)));
        }
        long bytes = Math.min(allowed, plan.mostBytes());
        long pixels = (long) plan.output().width() * plan.output().height();
        return new PictureWork(
                input,
                upscaler.with(options.withMemoryBytes(bytes)),
                request.format().orElseGet(() -> writable(plan.type())),
                spool,
                bytes,
                pixels <= SMALL_PIXELS);
    }

    @SuppressWarnings("try") // a part of the memory is held by being open
    private UpscalePlan plan(Spool.Entry input, Upscaler upscaler, PictureRequest request)
            throws IOException, InterruptedException {
        try (ByteBudget.Part part = headers.take(input.size())) {
            ImageType type = request.format().orElse(null);
            if (type == null) {
                type = writable(plan(input, upscaler, ImageType.PNG).type());
            }
            return plan(input, upscaler, type);
        }
    }

    private static UpscalePlan plan(Spool.Entry input, Upscaler upscaler, ImageType type) throws IOException {
        try (InputStream in = input.read()) {
            return upscaler.upscale(in, PictureWork.NAME).plan(type);
        }
    }

    /** What is read and not written becomes a PNG. */
    private static ImageType writable(ImageType type) {
        return type.writable() ? type : ImageType.PNG;
    }

    private static long mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }
}
