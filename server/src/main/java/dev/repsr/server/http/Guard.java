package dev.repsr.server.http;

import dev.repsr.server.work.Refusal;
import dev.repsr.server.work.Refusal.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * Who may come. A page of another origin can make a browser send requests here, also under a name that it lets point here (rebinding);
 * so the name under which the server is asked for must be its own, and the origin too.
 */
final class Guard {
    /** An address cannot be made to point elsewhere, so it may be used as a name. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+\\]");

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
    private static final String BEARER = "bearer ";

    private final HttpOptions options;
    private final Optional<byte[]> token;

    Guard(HttpOptions options) {
        this.options = options;
        this.token = options.token().map(Guard::digest);
    }

    /** Refuses what comes under a foreign name or from a foreign page. */
    void requireOwn(Request request) throws Refusal {
        String host = lower(request.getHeaders().get(HttpHeader.HOST));
        String named = lower(Request.getServerName(request));
        if (!isOwn(PORT.matcher(host).replaceFirst("")) || !isOwn(named.contains(":") ? "[" + named + "]" : named)) {
            throw new Refusal(
                    Reason.FOREIGN_HOST,
                    "this server is not known under this name; --allow-host names it to the server");
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null && !isOwnOrigin(lower(origin), host) && !isAllowed(origin)) {
            throw new Refusal(
                    Reason.FOREIGN_ORIGIN, "a page of another origin may not use this server; --allow-origin lets it");
        }
    }

    private boolean isOwn(String name) {
        String bare = name.startsWith("[[") ? name.substring(1, name.length() - 1) : name;
        return bare.equals("localhost")
                || bare.endsWith(".localhost")
                || ADDRESS.matcher(bare).matches()
                || options.hosts().contains(bare);
    }

    /** A server in front of this one may speak TLS, so only the names are compared. */
    private static boolean isOwnOrigin(String origin, String host) {
        int at = origin.indexOf("://");
        if (at < 0) {
            return false;
        }
        String scheme = origin.substring(0, at);
        String usual = scheme.equals("https") ? ":443" : ":80";
        return without(origin.substring(at + 3), usual).equals(without(host, usual));
    }

    private static String without(String host, String port) {
        return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }

    private boolean isAllowed(String origin) {
        return options.origins().contains(lower(origin));
    }

    /** Lets a page of a named origin read the answer. */
    void allowOrigin(Request request, Response response) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin == null || !isAllowed(origin)) {
            return;
        }
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.put(HttpHeader.VARY, HttpHeader.ORIGIN.asString());
        headers.put(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, "X-Request-Id, X-Repsr-Model, X-Repsr-Size, Retry-After");
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE");
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type");
        headers.put(new HttpField("Cross-Origin-Resource-Policy", "cross-origin"));
    }

    /** Whether a page of a named origin asks what it may do. */
    boolean isPreflight(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        return request.getMethod().equals("OPTIONS") && origin != null && isAllowed(origin);
    }

    /** Refuses a request without the token, where there is one. How long this takes tells nothing of it. */
    void requireToken(Request request) throws Refusal {
        if (token.isEmpty()) {
            return;
        }
        String sent = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        boolean bearer = sent != null && lower(sent).startsWith(BEARER);
        byte[] given =
                digest(bearer && sent != null ? sent.substring(BEARER.length()).strip() : "");
        if (!MessageDigest.isEqual(given, token.get()) || !bearer) {
            throw new Refusal(Reason.UNAUTHORIZED, "this server asks for a token: Authorization: Bearer TOKEN");
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
