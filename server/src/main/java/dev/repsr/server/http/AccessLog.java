package dev.repsr.server.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;

/** One line a request: time, its name, client, method, path, status, bytes, milliseconds, and why it was refused. */
final class AccessLog implements RequestLog {
    private static final int LONGEST = 200;

    private final Consumer<String> lines;
    private final RequestListener listener;

    AccessLog(Consumer<String> lines, RequestListener listener) {
        this.lines = lines;
        this.listener = listener;
    }

    @Override
    public void log(Request request, Response response) {
        String reason = Optional.ofNullable(request.getAttribute(Exchange.REASON))
                .map(String::valueOf)
                .orElse("");
        int status = request.getAttribute(Dispatcher.GONE) == null ? response.getStatus() : Status.CLIENT_GONE;
        long nanos = NanoTime.since(request.getBeginNanoTime());
        listener.answered(status, reason, nanos);
        lines.accept(String.format(
                Locale.ROOT,
                "%s %s %s %s %s %d %d B %d ms%s",
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                Optional.ofNullable(request.getAttribute(Dispatcher.ID))
                        .map(String::valueOf)
                        .orElse("-"),
                Request.getRemoteAddr(request),
                printable(request.getMethod()),
                printable(Optional.ofNullable(request.getHttpURI().getPath()).orElse("-")),
                status,
                Response.getContentBytesWritten(response),
                nanos / 1_000_000,
                reason.isEmpty() ? "" : " " + reason));
    }

    /** A line stays one line, whatever a client sends. */
    private static String printable(String text) {
        String plain = text.replaceAll("[^!-~]", "?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
    }
}
