package dev.repsr.server.http;

import dev.repsr.image.ImageLimits;
import dev.repsr.server.work.ModelCatalog;
import dev.repsr.server.work.Workshop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the server says of itself. */
final class InfoApi {
    private final ModelCatalog catalog;
    private final ImageLimits limits;
    private final Workshop workshop;
    private final Supplier<String> metrics;
    private final byte[] openApi;

    /** @param metrics gives them as Prometheus reads them */
    InfoApi(ModelCatalog catalog, ImageLimits limits, Workshop workshop, Supplier<String> metrics) throws IOException {
        this.catalog = catalog;
        this.limits = limits;
        this.workshop = workshop;
        this.metrics = metrics;
        this.openApi = Resources.read("openapi.json");
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/models", false, this::models),
                new Route("GET", "/api/limits", false, this::limits),
                new Route("GET", "/api/openapi.json", true, this::openApi),
                new Route("GET", "/healthz", true, InfoApi::health),
                new Route("GET", "/metrics", false, this::metrics));
    }

    private void models(Exchange exchange) throws IOException {
        List<Map<String, Object>> rows =
                catalog.entries().stream().map(InfoApi::json).toList();
        exchange.answerJson(Status.OK, Map.of("models", rows));
    }

    private static Map<String, Object> json(ModelCatalog.Entry entry) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", entry.name());
        members.put("scale", entry.scale());
        members.put("size", entry.size());
        members.put("parameters", entry.parameters());
        members.put("licence", entry.licence());
        members.put("default", entry.isDefault());
        members.put("short_names", entry.shortNames());
        members.put("denoise", entry.denoise());
        members.put("built_in", entry.builtIn());
        return members;
    }

    private void limits(Exchange exchange) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("max_body_bytes", limits.maxBytes());
        members.put("max_input_pixels", limits.maxInputPixels());
        members.put("max_output_pixels", limits.maxOutputPixels());
        members.put("max_memory_bytes", workshop.load().bytes());
        exchange.answerJson(Status.OK, members);
    }

    private void openApi(Exchange exchange) throws IOException {
        exchange.answer(Status.OK, "application/json", openApi);
    }

    private static void health(Exchange exchange) throws IOException {
        exchange.answerJson(Status.OK, Map.of("status", "ok"));
    }

    private void metrics(Exchange exchange) throws IOException {
        exchange.answer(
                Status.OK,
                "text/plain; version=0.0.4; charset=utf-8",
                metrics.get().getBytes(StandardCharsets.UTF_8));
    }
}
