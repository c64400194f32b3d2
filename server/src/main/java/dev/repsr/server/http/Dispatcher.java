package dev.repsr.server.http;

import dev.repsr.server.work.Refusal;
import dev.repsr.server.work.Refusal.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Gives each request a name, looks whether it may come, and has its route answer it. */
final class Dispatcher extends Handler.Abstract {
    /** Attribute of the request: its name in the log and in the answer. */
    static final String ID = "repsr.id";

    /** Attribute of the request: whether its client went away before it had the answer. */
    static final String GONE = "repsr.gone";

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    /** How long a client that is refused may go on sending. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final List<Route> routes;
    private final Guard guard;
    private final ClientWatch clients;
    private final long maxLinger;
    private final AtomicInteger active = new AtomicInteger();

    Dispatcher(List<Route> routes, Guard guard, ClientWatch clients, HttpOptions options) {
        this.routes = List.copyOf(routes);
        this.guard = guard;
        this.clients = clients;
        this.maxLinger = options.maxBodyBytes();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Connection connection = request.getConnectionMetaData().getConnection();
        clients.begins(connection);
        active.incrementAndGet();
        String id = UUID.randomUUID().toString().substring(0, 8);
        request.setAttribute(ID, id);
        setHeaders(response.getHeaders(), id);
        @Nullable Throwable failure = null;
        try {
            answer(request, response);
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e;
        }
        clients.ends(connection);
        active.decrementAndGet();
        if (failure == null) {
            callback.succeeded();
        } else {
            request.setAttribute(GONE, true);
            // It is no news for Jetty's log that clients go away.
            callback.failed(failure instanceof EofException ? failure : new EofException(failure));
        }
        return true;
    }

    /** Requests that are being answered. */
    int active() {
        return active.get();
    }

    private static void setHeaders(HttpFields.Mutable headers, String id) {
        headers.put("X-Request-Id", id);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
        headers.put("Cache-Control", "no-store");
    }

    @SuppressWarnings("IllegalCatch") // a failure of our own is told to the log; the client gets a sentence
    private void answer(Request request, Response response) throws IOException, InterruptedException {
        Exchange exchange = new Exchange(request, response, Map.of());
        try {
            guard.requireOwn(request);
            guard.allowOrigin(request, response);
            if (guard.isPreflight(request)) {
                exchange.answerNothing(Status.NO_CONTENT);
                return;
            }
            route(request, response);
        } catch (Refusal e) {
            refuse(exchange, e);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "request " + request.getAttribute(ID), e);
            refuse(exchange, new Refusal(Reason.INTERNAL, "a failure of our own; the server's log says more"));
        }
    }

    /** An answer that has begun cannot become another: it is cut off, so that nobody takes it for whole. */
    private void refuse(Exchange exchange, Refusal refusal) throws IOException {
        if (exchange.isCommitted()) {
            throw new IOException("an answer was cut off: " + refusal.reason().word());
        }
        readRest(exchange.request());
        exchange.answer(refusal);
    }

    private void route(Request request, Response response) throws Refusal, IOException, InterruptedException {
        String path = Request.getPathInContext(request);
        List<Route> here =
                routes.stream().filter(route -> route.match(path).isPresent()).toList();
        if (here.isEmpty()) {
            throw new Refusal(
                    Reason.NOT_FOUND, "there is nothing under this path; GET /api/openapi.json describes what is");
        }
        Optional<Route> found =
                here.stream().filter(route -> route.takes(request.getMethod())).findFirst();
        if (found.isEmpty()) {
            String methods = here.stream().map(Route::method).distinct().collect(Collectors.joining(", "));
            response.getHeaders().put("Allow", methods);
            throw new Refusal(Reason.METHOD_NOT_ALLOWED, "this path is for " + methods);
        }
        Route route = found.get();
        if (!route.open()) {
            guard.requireToken(request);
        }
        route.action().answer(new Exchange(request, response, route.match(path).orElseThrow()));
    }

    /**
     * Reads what is still on its way of a body that nobody wants: a client that is cut off while it sends may not see the answer. One
     * that asks whether it may send, and has not been told to, sends nothing.
     */
    private void readRest(Request request) {
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            return;
        }
        long end = System.nanoTime() + LINGER_NANOS;
        long left = maxLinger;
        while (left > 0 && System.nanoTime() < end) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                LockSupport.parkNanos(PAUSE_NANOS);
            } else if (Content.Chunk.isFailure(chunk)) {
                return;
            } else {
                left -= chunk.remaining();
                boolean last = chunk.isLast();
                chunk.release();
                if (last) {
                    return;
                }
            }
        }
    }
}
