package dev.repsr.server.http;

import dev.repsr.io.Spool;
import dev.repsr.server.work.Refusal;
import dev.repsr.server.work.Refusal.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** Takes pictures from requests: the body itself, or the field {@code image} of a form whose other fields are parameters. */
final class Uploads {
    private static final String IMAGE = "image";
    private static final int MOST_FIELDS = 40;
    private static final int LONGEST_FIELD = 1000;
    private static final int LONGEST_HEAD = 4096;
    private static final int BUFFER = 1 << 14;

    private final Spool spool;
    private final long maxBytes;

    /**
     * A picture, and what the request says of it.
     *
     * @param file whoever has this deletes it
     */
    record Upload(Spool.Entry file, Map<String, String> parameters) {}

    /** @param maxBytes of a body */
    Uploads(Spool spool, long maxBytes) {
        this.spool = spool;
        this.maxBytes = maxBytes;
    }

    /** Reads the body to its end. */
    Upload receive(Exchange exchange) throws Refusal, IOException {
        if (exchange.request().getLength() > maxBytes) {
            throw tooLarge();
        }
        @Nullable String encoding = exchange.header(HttpHeader.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Refusal.badRequest("the body is sent as it is, without a Content-Encoding");
        }
        @Nullable String type = exchange.header(HttpHeader.CONTENT_TYPE);
        Spool.Entry file = create();
        boolean whole = false;
        try {
            Map<String, String> parameters = exchange.parameters();
            if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
                fromForm(exchange, type, file, parameters);
            } else {
                copy(exchange.body(), file);
            }
            file.finish();
            whole = true;
            return new Upload(file, parameters);
        } catch (IOException
                | IllegalStateException
                | IllegalArgumentException
                | CompletionException
                | HttpException.RuntimeException e) {
            throw whyNot(e);
        } finally {
            if (!whole) {
                file.close();
            }
        }
    }

    private Spool.Entry create() throws Refusal, IOException {
        try {
            return spool.create();
        } catch (Spool.Full e) {
            throw Refusal.noRoom();
        }
    }

    private void copy(InputStream from, Spool.Entry to) throws IOException, Refusal {
        byte[] buffer = new byte[BUFFER];
        long left = maxBytes;
        int read = from.read(buffer);
        while (read >= 0) {
            left -= read;
            if (left < 0) {
                throw tooLarge();
            }
            to.write(buffer, 0, read);
            read = from.read(buffer);
        }
    }

    private void fromForm(Exchange exchange, String type, Spool.Entry file, Map<String, String> parameters)
            throws IOException, Refusal {
        MultiPartConfig config = new MultiPartConfig.Builder()
                .location(file.file().getParent())
                .maxParts(MOST_FIELDS)
                .maxSize(maxBytes)
                .maxPartSize(maxBytes)
                .maxMemoryPartSize(BUFFER)
                .maxHeadersSize(LONGEST_HEAD)
                .build();
        Map<String, String> fields = new LinkedHashMap<>();
        try (MultiPartFormData.Parts parts =
                MultiPartFormData.getParts(exchange.request(), exchange.request(), type, config)) {
            boolean found = false;
            for (MultiPart.Part part : parts) {
                if (IMAGE.equals(part.getName())) {
                    if (found) {
                        throw Refusal.badRequest("there are two fields 'image'; send one picture a request");
                    }
                    found = true;
                    try (InputStream in = Content.Source.asInputStream(part.getContentSource())) {
                        copy(in, file);
                    }
                } else {
                    addField(part, fields);
                }
            }
            if (!found) {
                throw Refusal.badRequest("the form has no field 'image'");
            }
        }
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (parameters.put(field.getKey(), field.getValue()) != null) {
                throw Refusal.badRequest("a parameter is given twice");
            }
        }
    }

    private static void addField(MultiPart.Part part, Map<String, String> fields) throws Refusal {
        if (part.getFileName() != null) {
            throw Refusal.badRequest(
                    "a picture is sent as the field 'image' of a form, and here is a file of another name");
        }
        if (part.getLength() > LONGEST_FIELD) {
            throw Refusal.badRequest("a field of the form is longer than " + LONGEST_FIELD + " bytes");
        }
        String value = part.getContentAsString(StandardCharsets.UTF_8);
        if (fields.put(String.valueOf(part.getName()), value == null ? "" : value) != null) {
            throw Refusal.badRequest("a parameter is given twice");
        }
    }

    /** What became of a body that did not come as it should. */
    private Refusal whyNot(Exception failure) throws IOException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<Refusal> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        if (failure instanceof IOException broken) {
            throw broken;
        }
        throw new IllegalStateException("a form was not read", failure);
    }

    private Optional<Refusal> known(Throwable cause) {
        return switch (cause) {
            case Spool.Full full -> Optional.of(Refusal.noRoom());
            case TimeoutException slow -> Optional.of(tooSlow());
            case EOFException cut -> Optional.of(Refusal.badRequest("the body ends before it is complete"));
            case HttpException refused -> Optional.of(ofJetty(refused.getCode()));
            case IllegalStateException refused -> Optional.of(ofForm(String.valueOf(refused.getMessage())));
            case IllegalArgumentException refused -> Optional.of(Refusal.badRequest("the form is not well formed"));
            default -> Optional.empty();
        };
    }

    /** How Jetty says that a form is beyond its limits. */
    private Refusal ofForm(String message) {
        return message.contains("max length")
                ? tooLarge()
                : Refusal.badRequest("the form has too many fields, or one that is too long");
    }

    private Refusal ofJetty(int status) {
        return switch (status) {
            case HttpStatus.REQUEST_TIMEOUT_408 -> tooSlow();
            case HttpStatus.PAYLOAD_TOO_LARGE_413 -> tooLarge();
            default -> Refusal.badRequest("the body is not well formed");
        };
    }

    private Refusal tooLarge() {
        return new Refusal(
                Reason.TOO_LARGE,
                "the body is larger than the limit of " + maxBytes + " bytes; send a smaller picture");
    }

    private static Refusal tooSlow() {
        return new Refusal(Reason.TOO_SLOW_REQUEST, "the body came too slowly");
    }
}
