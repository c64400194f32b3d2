package dev.repsr.server.http;

import dev.repsr.io.Sha256;
import dev.repsr.server.work.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;

/** The page: files that come with the program and are known by name, so that no path leads anywhere else. */
final class PageFiles {
    /** Nothing from elsewhere, nothing within the page's text; pictures may come from the page itself. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' blob: data:; connect-src 'self' blob:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html; charset=utf-8",
            "css",
            "text/css; charset=utf-8",
            "js",
            "text/javascript; charset=utf-8",
            "svg",
            "image/svg+xml");

    private final Map<String, PageFile> files = new LinkedHashMap<>();

    private record PageFile(String type, String tag, byte[] bytes) {}

    PageFiles() throws IOException {
        for (String line : new String(Resources.read("page/files.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            byte[] bytes = Resources.read("page/" + line);
            String type = TYPES.get(line.substring(line.lastIndexOf('.') + 1));
            files.put(line, new PageFile(String.valueOf(type), "\"" + Sha256.hex(bytes) + "\"", bytes));
        }
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(new Route("GET", "/", true, exchange -> send(exchange, "index.html")));
        routes.add(new Route("GET", "/page/{file}", true, exchange -> send(exchange, exchange.name("file"))));
        return routes;
    }

    private void send(Exchange exchange, String name) throws Refusal, IOException {
        PageFile file = files.get(name);
        if (file == null) {
            throw new Refusal(Refusal.Reason.NOT_FOUND, "there is nothing under this path");
        }
        exchange.setHeader("Content-Security-Policy", POLICY);
        exchange.setHeader(HttpHeader.CACHE_CONTROL, "no-cache");
        exchange.setHeader(HttpHeader.ETAG, file.tag());
        if (file.tag().equals(exchange.header(HttpHeader.IF_NONE_MATCH))) {
            exchange.answerNothing(Status.NOT_MODIFIED);
            return;
        }
        exchange.answer(Status.OK, file.type(), file.bytes());
    }
}
