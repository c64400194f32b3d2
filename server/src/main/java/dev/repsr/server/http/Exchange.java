package dev.repsr.server.http;

import dev.repsr.server.work.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One request and its answer, on a thread of its own that may wait. */
final class Exchange {
    /** Attribute of the request: the word for why it was refused, for the log. */
    static final String REASON = "repsr.reason";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BUFFER = 1 << 16;

    private final Request request;
    private final Response response;
    private final Map<String, String> names;

    /** @param names what stands in the path in the places that the route names */
    Exchange(Request request, Response response, Map<String, String> names) {
        this.request = request;
        this.response = response;
        this.names = names;
    }

    Request request() {
        return request;
    }

    Connection connection() {
        return request.getConnectionMetaData().getConnection();
    }

    /** What stands in the path in the place of this name. */
    String name(String place) {
        return String.valueOf(names.get(place));
    }

    @Nullable
    String header(HttpHeader name) {
        return request.getHeaders().get(name);
    }

    /** What the URL asks for after the question mark; none may stand there twice. */
    Map<String, String> parameters() throws Refusal {
        Map<String, String> all = new LinkedHashMap<>();
        try {
            for (Fields.Field field : Request.extractQueryParameters(request, StandardCharsets.UTF_8)) {
                if (field.hasMultipleValues()) {
                    throw Refusal.badRequest("a parameter is given twice");
                }
                all.put(field.getName(), field.getValue());
            }
        } catch (IllegalArgumentException | IllegalStateException | HttpException.RuntimeException e) {
            throw new Refusal(Refusal.Reason.BAD_REQUEST, "the parameters are not well formed");
        }
        return all;
    }

    InputStream body() {
        return Request.asInputStream(request);
    }

    void setHeader(HttpHeader name, String value) {
        response.getHeaders().put(name, value);
    }

    void setHeader(String name, String value) {
        response.getHeaders().put(name, value);
    }

    boolean isCommitted() {
        return response.isCommitted();
    }

    /** The answer's connection is not used for another request. */
    void closeAfterwards() {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }

    void answerNothing(int status) throws IOException {
        response.setStatus(status);
        Content.Sink.write(response, true, null);
    }

    void answerJson(int status, Object value) throws IOException {
        answer(status, "application/json", JSON.writeValueAsBytes(value));
    }

    void answer(int status, String type, byte[] bytes) throws IOException {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(new HttpField.LongValueHttpField(HttpHeader.CONTENT_LENGTH, bytes.length));
        Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
    }

    /** Sends a stream that has this length. */
    void answer(int status, String type, long length, InputStream bytes) throws IOException {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(new HttpField.LongValueHttpField(HttpHeader.CONTENT_LENGTH, length));
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int read = bytes.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
            if (read == 0) {
                throw new IOException("a temporary file is shorter than it was");
            }
            left -= read;
            Content.Sink.write(response, left == 0, ByteBuffer.wrap(buffer, 0, read));
        }
    }

    /** Begins an answer without an end that is known. */
    void begin(int status, String type) throws IOException {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        Content.Sink.write(response, false, null);
    }

    void write(String text) throws IOException {
        Content.Sink.write(response, false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    void end() throws IOException {
        Content.Sink.write(response, true, null);
    }

    /** Answers with a refusal: reason and sentence. */
    void answer(Refusal refusal) throws IOException {
        request.setAttribute(REASON, refusal.reason().word());
        if (!refusal.retryAfter().isZero()) {
            setHeader(
                    HttpHeader.RETRY_AFTER, String.valueOf(refusal.retryAfter().toSeconds()));
        }
        answerJson(Status.of(refusal.reason()), json(refusal));
    }

    static Map<String, Object> json(Refusal refusal) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("reason", refusal.reason().word());
        members.put("message", refusal.sentence());
        return members;
    }

    static String text(Object value) {
        return JSON.writeValueAsString(value);
    }
}
