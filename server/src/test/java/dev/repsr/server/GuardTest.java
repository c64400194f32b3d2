package dev.repsr.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may come, and what browsers are told. */
@Timeout(120)
class GuardTest {
    private static final String TOKEN = "a-token-that-is-long";

    /** The status of an answer to a request of these lines. */
    static int status(RunningServer server, String... lines) throws IOException {
        String answer = answer(server, lines);
        return answer.isEmpty() ? fail("no answer") : Integer.parseInt(answer.substring(9, 12));
    }

    static String answer(RunningServer server, String... lines) throws IOException {
        try (Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void onlyOwnNamesAreAnswered() throws Exception {
        try (RunningServer server =
                RunningServer.start(RunningServer.access(Optional.empty(), Set.of("Pictures.Example.org"), Set.of()))) {
            for (String own : List.of(
                    "localhost",
                    "localhost:8080",
                    "127.0.0.1:1",
                    "[::1]:80",
                    "app.localhost",
                    "192.168.0.7",
                    "pictures.example.org",
                    "PICTURES.example.org:443")) {
                assertThat(status(server, "GET /healthz HTTP/1.1", "Host: " + own))
                        .as(own)
                        .isEqualTo(200);
            }
            for (String foreign : List.of(
                    "example.org",
                    "localhost.example.org",
                    "127.0.0.1.example.org",
                    "1.2.3.4.5",
                    "xn--lcalhost-",
                    "pictures.example.org.evil.org")) {
                assertThat(status(server, "GET /healthz HTTP/1.1", "Host: " + foreign))
                        .as(foreign)
                        .isEqualTo(403);
            }
            assertThat(status(server, "GET http://example.org/healthz HTTP/1.1", "Host: localhost"))
                    .isIn(400, 403);
            assertThat(status(server, "GET /healthz HTTP/1.0")).isIn(400, 403);
        }
    }

    @Test
    void pagesOfOtherOriginsAreRefusedUnlessTheyAreNamed() throws Exception {
        try (RunningServer server = RunningServer.start(
                RunningServer.access(Optional.empty(), Set.of(), Set.of("https://friend.example")))) {
            String get = "GET /api/models HTTP/1.1";
            assertThat(status(server, get, "Host: localhost:8080", "Origin: http://localhost:8080"))
                    .isEqualTo(200);
            assertThat(status(server, get, "Host: localhost", "Origin: https://localhost"))
                    .isEqualTo(200);
            for (String foreign :
                    List.of("http://localhost:9090", "https://evil.example", "null", "http://localhost.evil.example")) {
                assertThat(status(server, get, "Host: localhost:8080", "Origin: " + foreign))
                        .as(foreign)
                        .isEqualTo(403);
            }
            String allowed = answer(server, get, "Host: localhost:8080", "Origin: https://friend.example");
            assertThat(allowed)
                    .startsWith("HTTP/1.1 200")
                    .contains("Access-Control-Allow-Origin: https://friend.example")
                    .contains("Vary: Origin");
            assertThat(answer(
                            server,
                            "OPTIONS /api/upscale HTTP/1.1",
                            "Host: localhost",
                            "Origin: https://friend.example"))
                    .startsWith("HTTP/1.1 204")
                    .contains("Access-Control-Allow-Methods");
            assertThat(answer(server, get, "Host: localhost")).doesNotContain("Access-Control");
        }
    }

    @Test
    void withATokenOnlyThoseWhoHaveItAreAnswered() throws Exception {
        try (RunningServer server = RunningServer.start(RunningServer.access(Optional.of(TOKEN), Set.of(), Set.of()))) {
            for (String path : List.of("/api/models", "/api/limits", "/metrics", "/api/jobs/1")) {
                RefusalTest.assertRefused(server.get(path), 401, "unauthorized");
            }
            RefusalTest.assertRefused(server.post("/api/upscale", new byte[] {1}), 401, "unauthorized");
            for (String wrong : List.of("Bearer " + TOKEN + "x", "Bearer ", "Basic " + TOKEN, TOKEN)) {
                assertThat(server.send(server.request("/api/models").header("Authorization", wrong))
                                .statusCode())
                        .as(wrong)
                        .isEqualTo(401);
            }
            assertThat(server.send(server.request("/api/models").header("Authorization", "Bearer " + TOKEN))
                            .statusCode())
                    .isEqualTo(200);
            // Without it: whether the server lives, and the page, which asks for it.
            assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(server.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void browsersAreToldToRunNothingOfAnAnswer() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            for (String path : List.of("/", "/healthz", "/api/models", "/api/nothing")) {
                HttpResponse<byte[]> answer = server.get(path);
                assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                        .contains("nosniff");
                assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
                assertThat(answer.headers().firstValue("Content-Security-Policy"))
                        .hasValueSatisfying(policy -> assertThat(policy)
                                .startsWith("default-src 'none'")
                                .contains("frame-ancestors 'none'")
                                .doesNotContain("unsafe"));
                assertThat(answer.headers().firstValue("Server")).isEmpty();
                assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
            }
        }
    }

    @Test
    void eachRequestIsOneLineOfTheLogWithItsName() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            HttpResponse<byte[]> answer = server.send(
                    server.request("/api/nothing?x=secret").method("GET", HttpRequest.BodyPublishers.noBody()));
            String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
            Waiting.until(Duration.ofSeconds(30), () -> !server.lines().isEmpty());

            assertThat(server.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains(" " + id + " 127.0.0.1 GET /api/nothing")
                            .contains(" 404 ")
                            .endsWith("not_found")
                            .doesNotContain("secret", "\n"));
        }
    }
}
