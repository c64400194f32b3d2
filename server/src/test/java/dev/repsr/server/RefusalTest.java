package dev.repsr.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageType;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is refused, with which number, and that nothing is left of it. */
@Timeout(180)
class RefusalTest {
    private static byte[] scene;
    private static byte[] large;

    @BeforeAll
    static void draw() throws IOException {
        scene = TestPictures.encode(TestPictures.scene(64, 48), ImageType.PNG);
        large = TestPictures.encode(TestPictures.scene(2000, 1500), ImageType.PNG);
    }

    static void assertRefused(HttpResponse<byte[]> answer, int status, String reason) {
        assertThat(answer.statusCode()).as(RunningServer.text(answer)).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        Map<?, ?> json = RunningServer.json(answer);
        assertThat(json.get("reason")).isEqualTo(reason);
        assertThat(String.valueOf(json.get("message")))
                .isNotBlank()
                .doesNotContain("/tmp", "java.", "dev.repsr", "Exception", "Jetty", "jetty", "\n");
    }

    private static void assertNothingIsLeft(RunningServer server) throws Exception {
        Waiting.until(Duration.ofSeconds(60), () -> server.server().spoolFiles() == 0);
        assertThat(server.server().load().reservedBytes()).isZero();
        assertThat(server.server().load().queued()).isZero();
    }

    @Test
    void whatIsNoPictureIsAnswered415() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            assertRefused(server.post("/api/upscale", new byte[0]), 415, "not_a_picture");
            assertRefused(server.post("/api/upscale", "<svg/>".getBytes(StandardCharsets.UTF_8)), 415, "not_a_picture");
            // Containers that only other programs can read are not handed to them.
            byte[] avif = "\0\0\0\u001cftypavif\0\0\0\0avifmif1".getBytes(StandardCharsets.ISO_8859_1);
            assertRefused(server.post("/api/upscale", avif), 415, "not_a_picture");
            assertNothingIsLeft(server);
        }
    }

    @Test
    void whatIsDamagedIsAnswered422() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            assertRefused(server.post("/api/upscale", Arrays.copyOf(scene, 20)), 422, "damaged");
            byte[] changed = large.clone();
            Arrays.fill(changed, large.length / 2, large.length / 2 + 1000, (byte) 7);
            assertRefused(server.post("/api/upscale?scale=2&strict=true", changed), 422, "damaged");
            assertNothingIsLeft(server);
        }
    }

    @Test
    void aFormatThatCannotHoldThePictureIsAnswered422() throws Exception {
        byte[] transparent = TestPictures.encode(TestPictures.noise(20, 20, 4, 8, 1), ImageType.PNG);
        try (RunningServer server = RunningServer.start()) {
            assertRefused(server.post("/api/upscale?scale=2&format=jpg", transparent), 422, "unsupported");
            assertNothingIsLeft(server);
        }
    }

    @Test
    void whatIsBeyondALimitIsAnswered413() throws Exception {
        ImageLimits limits = new ImageLimits(1_000_000, 2_000_000, 20 << 20);
        try (RunningServer server = RunningServer.start(RunningServer.upscale(all -> all.withLimits(limits)))) {
            assertRefused(server.post("/api/upscale?scale=2", large), 413, "too_large");
            byte[] wide = TestPictures.encode(TestPictures.scene(900, 900), ImageType.PNG);
            assertRefused(server.post("/api/upscale?scale=2", wide), 413, "too_large");
            assertNothingIsLeft(server);
        }
        try (RunningServer server = RunningServer.start(RunningServer.patience(Duration.ofSeconds(20), 10_000))) {
            assertRefused(server.post("/api/upscale?scale=2", large), 413, "too_large");
            assertNothingIsLeft(server);
        }
        try (RunningServer server = RunningServer.start(RunningServer.upscale(all -> all.withMemoryBytes(1 << 20)))) {
            HttpResponse<byte[]> answer = server.post("/api/upscale?scale=2", large);
            assertRefused(answer, 413, "too_large");
            assertThat(RunningServer.text(answer)).contains("MiB");
            assertNothingIsLeft(server);
        }
    }

    @Test
    void whatIsNotDoneInTimeIsAnswered504() throws Exception {
        try (RunningServer server =
                RunningServer.start(RunningServer.deadlines(Duration.ofMillis(50), Duration.ofMinutes(1)))) {
            assertRefused(server.post("/api/upscale?scale=4&ensemble=true", large), 504, "deadline");
            assertNothingIsLeft(server);
        }
    }

    @Test
    void whoComesWhileTheQueueIsFullIsAnswered503AtOnce() throws Exception {
        try (RunningServer server = RunningServer.start(RunningServer.queue(1))) {
            // As many as work at a time, and one that waits.
            List<HttpResponse<byte[]>> answers = new ArrayList<>();
            HttpResponse<byte[]> last;
            do {
                last = server.post("/api/jobs?scale=4&ensemble=true", large);
                answers.add(last);
            } while (last.statusCode() == 202);
            assertThat(answers).hasSizeGreaterThan(1);
            assertRefused(last, 503, "busy");
            assertThat(last.headers().firstValue("Retry-After").map(Integer::parseInt))
                    .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 60));
            assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
            assertRefused(server.post("/api/upscale?scale=2", scene), 503, "busy");
            for (HttpResponse<byte[]> answer : answers.subList(0, answers.size() - 1)) {
                server.send(
                        server.request("/api/jobs/" + RunningServer.json(answer).get("id"))
                                .DELETE());
            }
            Waiting.until(Duration.ofSeconds(60), () -> server.server().load().running() == 0);
            assertThat(server.post("/api/upscale?scale=2", scene).statusCode()).isEqualTo(200);
            assertNothingIsLeft(server);
        }
    }

    @Test
    void whatIsNotThereAndWhatIsNotAllowedThere() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            assertRefused(server.get("/api/nothing"), 404, "not_found");
            assertRefused(server.get("/page/nothing.js"), 404, "not_found");
            assertRefused(server.get("/page/%2e%2e%2fopenapi.json"), 400, "bad_request");
            HttpResponse<byte[]> wrong = server.get("/api/upscale");
            assertRefused(wrong, 405, "method_not_allowed");
            assertThat(wrong.headers().firstValue("Allow")).contains("POST");
        }
    }

    @Test
    void drainingFinishesWhatIsAtWorkAndRefusesTheRest() throws Exception {
        Duration hang = Duration.ofMinutes(2);
        RunningServer server = RunningServer.start(RunningServer.deadlines(hang, hang));
        var waiting = server.client()
                .sendAsync(
                        server.request("/api/upscale?scale=2&ensemble=true")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(large))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        Waiting.until(Duration.ofSeconds(60), () -> server.server().load().running() == 1);
        Thread draining = Thread.ofVirtual().start(() -> drain(server));
        Waiting.until(
                Duration.ofSeconds(60),
                () -> server.post("/api/upscale?scale=2", scene).statusCode() == 503);
        HttpResponse<byte[]> answer = waiting.get();
        draining.join();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(UpscaleApiTest.read(answer.body()).width()).isEqualTo(4000);
        assertThat(server.server().spoolFiles()).isZero();
        server.client().close();
    }

    private static void drain(RunningServer server) {
        try {
            server.server().drain(Duration.ofMinutes(2));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
