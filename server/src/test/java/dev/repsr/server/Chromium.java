package dev.repsr.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** An installed Chromium without a window, driven by its own protocol: no driver and no download are needed. */
final class Chromium implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration GUARD = Duration.ofMinutes(1);

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<?, ?>>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** Where it lies, if it is installed. */
    static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    Chromium(Path program, Path profile) throws Exception {
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolveSibling("chromium.log").toFile())
                .start();
        Path active = profile.resolve("DevToolsActivePort");
        Waiting.until(
                GUARD, () -> Files.exists(active) && Files.readAllLines(active).size() > 1);
        String port = Files.readAllLines(active).getFirst();
        HttpResponse<String> pages = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                        .method("PUT", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String url = String.valueOf(JSON.readValue(pages.body(), Map.class).get("webSocketDebuggerUrl"));
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(url), new Listener())
                .get(GUARD.toSeconds(), TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Log", "DOM")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Puts the pieces of messages together. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard(JSON.readValue(text.toString(), Map.class));
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void heard(Map<?, ?> message) {
        if (message.get("id") instanceof Integer id) {
            CompletableFuture<Map<?, ?>> waiting = answers.remove(id);
            if (waiting != null) {
                waiting.complete(message);
            }
        } else if ("Runtime.exceptionThrown".equals(message.get("method"))
                || ("Log.entryAdded".equals(message.get("method"))
                        && message.toString().contains("level=error"))
                || ("Runtime.consoleAPICalled".equals(message.get("method"))
                        && message.toString().contains("type=error"))) {
            complaints.add(String.valueOf(message.get("params")));
        }
    }

    /** What the page's console complained of. */
    List<String> complaints() {
        return complaints;
    }

    /** One call of the protocol; its result. */
    Map<?, ?> call(String method, Map<String, ?> parameters) throws Exception {
        int id = calls.incrementAndGet();
        CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
        answers.put(id, answer);
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        socket.sendText(JSON.writeValueAsString(message), true).get(GUARD.toSeconds(), TimeUnit.SECONDS);
        Map<?, ?> got = answer.get(GUARD.toSeconds(), TimeUnit.SECONDS);
        assertThat(got.containsKey("error")).as(method + ": " + got).isFalse();
        return got.get("result") instanceof Map<?, ?> result ? result : Map.of();
    }

    void open(String url) throws Exception {
        call("Page.navigate", Map.of("url", url));
    }

    /** A window of this size. */
    void resize(int width, int height, boolean phone) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    /** The value of an expression, which may be a promise. */
    Object evaluate(String expression) throws Exception {
        Map<?, ?> got =
                call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        assertThat(got.containsKey("exceptionDetails"))
                .as(expression + ": " + got)
                .isFalse();
        Object value = got.get("result") instanceof Map<?, ?> result ? result.get("value") : "";
        return value == null ? "" : value;
    }

    /** Waits until an expression is true. */
    void await(String expression) throws Exception {
        try {
            Waiting.until(GUARD, () -> Boolean.TRUE.equals(evaluate("Boolean(" + expression + ")")));
        } catch (AssertionError e) {
            throw new AssertionError(expression + "; " + evaluate("document.body.innerText"), e);
        }
    }

    /** Bytes that an expression gives as a blob, or the promise of one. */
    byte[] bytes(String expression) throws Exception {
        Object text = evaluate("(async()=>{const blob=await (" + expression + ");const bytes=new Uint8Array(await"
                + " blob.arrayBuffer());let text='';for(let i=0;i<bytes.length;i+=32768)text+=String.fromCharCode(...bytes"
                + ".subarray(i,i+32768));return btoa(text)})()");
        return Base64.getDecoder().decode(String.valueOf(text));
    }

    /** A picture of the window. */
    byte[] screenshot(String format) throws Exception {
        Map<?, ?> got = call("Page.captureScreenshot", Map.of("format", format));
        return Base64.getDecoder().decode(String.valueOf(got.get("data")));
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        client.close();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
