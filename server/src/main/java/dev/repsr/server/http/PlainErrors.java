package dev.repsr.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What is answered where Jetty itself refuses a request: the same kind of sentence, and nothing of its own. */
final class PlainErrors extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(body(status)), callback);
        return true;
    }

    private static byte[] body(int status) {
        String reason = switch (status) {
            case HttpStatus.REQUEST_TIMEOUT_408 -> "too_slow_request";
            case HttpStatus.PAYLOAD_TOO_LARGE_413,
                    HttpStatus.URI_TOO_LONG_414,
                    HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "too_large";
            default -> status == HttpStatus.INTERNAL_SERVER_ERROR_500 ? "internal" : "bad_request";
        };
        String message = HttpStatus.getMessage(status).toLowerCase(Locale.ROOT);
        return Exchange.text(Map.of("reason", reason, "message", "the request was not taken: " + message))
                .getBytes(StandardCharsets.UTF_8);
    }
}
