package dev.repsr.server.http;

import dev.repsr.image.ImageLimits;
import dev.repsr.io.Spool;
import dev.repsr.server.work.Jobs;
import dev.repsr.server.work.ModelCatalog;
import dev.repsr.server.work.Pictures;
import dev.repsr.server.work.Workshop;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, told what to do: HTTP/1.1 alone, each request on a virtual thread, and no patience with slow clients. */
public final class HttpServer {
    private static final long POLL_MILLIS = 20;
    private static final int THREADS = 12;
    private static final int MOST_CONNECTIONS = 1024;
    private static final int LONGEST_HEAD = 8192;

    private final Server server;
    private final ServerConnector connector;
    private final ClientWatch clients;
    private final List<Route> routes;
    private final Dispatcher dispatcher;

    /**
     * What the server is made of.
     *
     * @param limits of pictures
     * @param metrics gives them as Prometheus reads them
     * @param lines gets one line for each request
     */
    public record Parts(
            Workshop workshop,
            Pictures pictures,
            Jobs jobs,
            Spool spool,
            ModelCatalog catalog,
            ImageLimits limits,
            Supplier<String> metrics,
            Consumer<String> lines,
            RequestListener listener) {}

    /** A server that does not listen yet. */
    public HttpServer(HttpOptions options, Parts parts) throws IOException {
        clients = new ClientWatch(options.idle(), options.leastBytesASecond());
        routes = routes(options, parts);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("repsr-http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server = new Server(threads);
        server.setErrorHandler(new PlainErrors());
        server.setRequestLog(new AccessLog(parts.lines(), parts.listener()));
        dispatcher = new Dispatcher(routes, new Guard(options), clients, options);
        server.setHandler(dispatcher);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(options.idle().toMillis());
        connector.setAcceptQueueSize(MOST_CONNECTIONS);
        connector.addBean(clients);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(LONGEST_HEAD);
        http.setUriCompliance(UriCompliance.RFC3986);
        return http;
    }

    private List<Route> routes(HttpOptions options, Parts parts) throws IOException {
        Uploads uploads = new Uploads(parts.spool(), options.maxBodyBytes());
        List<Route> all = new ArrayList<>();
        all.addAll(
                new PictureApi(parts.workshop(), parts.pictures(), parts.jobs(), uploads, clients, options).routes());
        all.addAll(new InfoApi(parts.catalog(), parts.limits(), parts.workshop(), parts.metrics()).routes());
        all.addAll(new PageFiles().routes());
        return List.copyOf(all);
    }

    /** Methods and paths that are answered, as OpenAPI writes them: {@code POST /api/upscale}. */
    public List<String> routes() {
        return routes.stream().map(route -> route.method() + " " + route.path()).toList();
    }

    /**
     * Begins to listen.
     *
     * @throws BindException if the port is taken, or the address is not one of this machine
     */
    public void start() throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            // Jetty's own sentence around it says no more.
            throw e.getCause() instanceof BindException taken ? taken : e;
        }
        try {
            server.start();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        clients.start();
    }

    /** The port that it listens at. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Waits until no request is being answered, or for so long. */
    public void awaitAnswers(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (dispatcher.active() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Ends all connections. */
    public void stop() {
        clients.close();
        try {
            server.stop();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
