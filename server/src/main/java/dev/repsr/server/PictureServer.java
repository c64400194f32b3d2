package dev.repsr.server;

import dev.repsr.io.Spool;
import dev.repsr.server.http.HttpServer;
import dev.repsr.server.metric.Meters;
import dev.repsr.server.work.Jobs;
import dev.repsr.server.work.ModelCatalog;
import dev.repsr.server.work.Pictures;
import dev.repsr.server.work.Refusal;
import dev.repsr.server.work.Workshop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The web page and the HTTP API, from the first request to the last. */
public final class PictureServer implements AutoCloseable {
    private static final long SWEEP_SECONDS = 5;

    private static final System.Logger LOG = System.getLogger(PictureServer.class.getName());

    private final Spool spool;
    private final Pictures pictures;
    private final Workshop workshop;
    private final Jobs jobs;
    private final HttpServer http;
    private final ScheduledExecutorService sweeper;
    private final Future<?> sweeping;
    private @Nullable Thread warming;

    private PictureServer(ServerOptions options, Spool spool, Consumer<String> lines) throws IOException {
        this.spool = spool;
        Meters meters = new Meters();
        workshop = new Workshop(
                options.upscale().threads(), options.upscale().memoryBytes(), options.queue(), meters::enlarged);
        jobs = new Jobs(options.jobs(), options.kept());
        ModelCatalog catalog = ModelCatalog.load();
        addGauges(meters);
        pictures = new Pictures(workshop, catalog, options.upscale(), spool);
        http = new HttpServer(
                options.http(),
                new HttpServer.Parts(
                        workshop,
                        pictures,
                        jobs,
                        spool,
                        catalog,
                        options.upscale().limits(),
                        meters::text,
                        lines,
                        meters::answered));
        sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("repsr-sweeper").factory());
        sweeping = sweeper.scheduleWithFixedDelay(jobs::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    private void addGauges(Meters meters) {
        meters.gauge("repsr.queue", "Pictures that wait", () -> workshop.load().queued());
        meters.gauge("repsr.running", "Pictures at work", () -> workshop.load().running());
        meters.gauge("repsr.jobs", "Jobs that are open", jobs::size);
        meters.gauge(
                "repsr.memory.reserved.bytes",
                "Memory that pictures hold",
                () -> workshop.load().reservedBytes());
        meters.gauge(
                "repsr.memory.bytes",
                "Memory for pictures",
                () -> workshop.load().bytes());
        meters.gauge("repsr.spool.bytes", "Bytes of temporary files", spool::bytes);
        meters.gauge("repsr.spool.files", "Temporary files", spool::files);
    }

    /**
     * Starts a server.
     *
     * @param lines gets one line for each request
     * @throws java.net.BindException if the port is taken, or the address is not one of this machine
     * @throws IllegalArgumentException if this JVM has no such engine
     */
    public static PictureServer start(ServerOptions options, Consumer<String> lines) throws IOException {
        Spool spool = Spool.open("serve", options.spoolBytes());
        PictureServer server = null;
        boolean started = false;
        try {
            server = new PictureServer(options, spool, lines);
            server.http.start();
            started = true;
            return server;
        } finally {
            if (!started) {
                if (server != null) {
                    server.sweeper.shutdownNow();
                    server.workshop.close();
                }
                spool.close();
            }
        }
    }

    /** Makes the usual networks ready, on a thread of its own, so that the first picture need not wait for that. */
    public void warmUp() {
        warming = Thread.ofPlatform().daemon().name("repsr-warm-up").start(() -> {
            try {
                pictures.warmUp();
            } catch (IOException | Refusal e) {
                // Whoever asks for such a picture is told.
                LOG.log(System.Logger.Level.DEBUG, "not warmed up", e);
            }
        });
    }

    /** The port that it listens at. */
    public int port() {
        return http.port();
    }

    /** Methods and paths that are answered, as OpenAPI writes them: {@code POST /api/upscale}. */
    public List<String> routes() {
        return http.routes();
    }

    /** What is going on. */
    public Workshop.Load load() {
        return workshop.load();
    }

    /** Temporary files that are there now. */
    public long spoolFiles() {
        return spool.files();
    }

    /** Refuses new pictures, waits so long for those that it has, gives up the rest, and ends. */
    public void drain(Duration atMost) throws IOException, InterruptedException {
        workshop.drain(atMost);
        http.awaitAnswers(atMost);
        close();
    }

    /** Ends at once; what is under way is given up. */
    @Override
    public void close() throws IOException {
        Thread warm = warming;
        if (warm != null) {
            warm.interrupt();
        }
        sweeping.cancel(false);
        sweeper.shutdown();
        workshop.close();
        jobs.clear();
        http.stop();
        spool.close();
    }
}
