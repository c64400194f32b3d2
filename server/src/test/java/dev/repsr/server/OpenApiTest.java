package dev.repsr.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.server.work.PictureRequest;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document says what the server answers: no route more, none less, and the parameters that it takes. */
class OpenApiTest {
    private static final Pattern REFERENCE = Pattern.compile("\"#/([^\"]+)\"");

    private static Object at(Map<?, ?> document, String... keys) {
        Object here = document;
        for (String key : keys) {
            here = here instanceof Map<?, ?> map && map.get(key) != null ? map.get(key) : Map.of();
        }
        return here;
    }

    @Test
    void routesParametersAndReferencesAreThose() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            Map<?, ?> document = RunningServer.json(server.get("/api/openapi.json"));
            List<String> described = new ArrayList<>();
            Map<?, ?> paths = (Map<?, ?>) at(document, "paths");
            paths.forEach((path, methods) -> ((Map<?, ?>) methods)
                    .keySet()
                    .forEach(method -> described.add(String.valueOf(method).toUpperCase(Locale.ROOT) + " " + path)));

            assertThat(described)
                    .containsExactlyInAnyOrderElementsOf(server.server().routes());
            assertThat(((Map<?, ?>) at(document, "components", "parameters")).keySet())
                    .map(String::valueOf)
                    .containsExactlyInAnyOrderElementsOf(PictureRequest.NAMES);
            String text = RunningServer.text(server.get("/api/openapi.json"));
            assertThat(REFERENCE.matcher(text).results().map((MatchResult match) -> match.group(1)))
                    .isNotEmpty()
                    .allSatisfy(name ->
                            assertThat(at(document, name.split("/"))).as(name).isNotEqualTo(Map.of()));
        }
    }

    /** Each that can be answered without work is asked; the numbers it answers with are in the document. */
    @Test
    void answersHaveNumbersThatTheDocumentKnows() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            Map<?, ?> document = RunningServer.json(server.get("/api/openapi.json"));
            Map<String, Integer> seen = new TreeMap<>();
            for (String route : server.server().routes()) {
                String method = route.substring(0, route.indexOf(' '));
                String place = route.substring(method.length() + 1);
                String path = place.replace("{id}", "none").replace("{file}", "index.html");
                int status = server.send(server.request(path).method(method, HttpRequest.BodyPublishers.noBody()))
                        .statusCode();
                seen.put(route, status);
                Object answers = at(document, "paths", place, method.toLowerCase(Locale.ROOT), "responses");
                List<String> known = new ArrayList<>();
                ((Map<?, ?>) answers).keySet().forEach(number -> known.add(String.valueOf(number)));
                assertThat(known).as(route).contains(String.valueOf(status));
            }
            assertThat(seen).hasSize(server.server().routes().size());
        }
    }
}
