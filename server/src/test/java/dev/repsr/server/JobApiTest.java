package dev.repsr.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.Models;
import dev.repsr.TestPictures;
import dev.repsr.image.ImageType;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class JobApiTest {
    private static RunningServer server;
    private static byte[] small;
    private static byte[] large;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start();
        small = TestPictures.encode(TestPictures.scene(40, 30), ImageType.PNG);
        large = TestPictures.encode(TestPictures.scene(2400, 1800), ImageType.PNG);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static String add(byte[] picture, String query) throws Exception {
        HttpResponse<byte[]> answer = server.post("/api/jobs?" + query, picture);
        assertThat(answer.statusCode()).as(RunningServer.text(answer)).isEqualTo(202);
        String id = String.valueOf(RunningServer.json(answer).get("id"));
        assertThat(answer.headers().firstValue("Location")).contains("/api/jobs/" + id);
        return id;
    }

    private static List<Map<?, ?>> events(String id) throws Exception {
        HttpResponse<Stream<String>> answer = server.client()
                .send(server.request("/api/jobs/" + id + "/events").build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        try (Stream<String> lines = answer.body()) {
            return lines.filter(line -> line.startsWith("data: "))
                    .<Map<?, ?>>map(line -> RunningServer.json(line.substring("data: ".length())))
                    .toList();
        }
    }

    @Test
    void aJobTellsHowFarItIsUntilItsResultIsThere() throws Exception {
        String id = add(large, "scale=2");
        List<Map<?, ?>> events = events(id);

        assertThat(events.getLast().get("state")).isEqualTo("done");
        assertThat(events.getLast().get("width")).isEqualTo(4800);
        assertThat(events.getLast().get("model")).isEqualTo(Models.defaultOf(2).name());
        assertThat(events)
                .extracting(event -> String.valueOf(event.get("progress")))
                .doesNotHaveDuplicates();
        HttpResponse<byte[]> result = server.get("/api/jobs/" + id + "/result");
        assertThat(result.statusCode()).isEqualTo(200);
        assertThat(events.getLast().get("bytes")).isEqualTo(result.body().length);
        assertThat(UpscaleApiTest.read(result.body()).width()).isEqualTo(4800);
        assertThat(server.send(server.request("/api/jobs/" + id).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(server.get("/api/jobs/" + id).statusCode()).isEqualTo(404);
        assertThat(server.get("/api/jobs/" + id + "/result").statusCode()).isEqualTo(404);
    }

    @Test
    void deletingAJobStopsItsWork() throws Exception {
        String id = add(large, "scale=4&ensemble=true");
        assertThat(server.get("/api/jobs/" + id + "/result").statusCode()).isEqualTo(409);

        assertThat(server.send(server.request("/api/jobs/" + id).DELETE()).statusCode())
                .isEqualTo(204);

        Waiting.until(Duration.ofSeconds(60), () -> server.server().load().running() == 0);
        Waiting.until(Duration.ofSeconds(60), () -> server.server().load().reservedBytes() == 0);
    }

    @Test
    void aRefusalThatTheHeaderShowsComesAtOnce() throws Exception {
        HttpResponse<byte[]> answer = server.post("/api/jobs", new byte[] {1, 2, 3});

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void aRefusalThatThePixelsShowIsToldByTheJob() throws Exception {
        byte[] changed = large.clone();
        Arrays.fill(changed, changed.length / 2, changed.length / 2 + 1000, (byte) 7);
        String id = add(changed, "scale=2&strict=true");

        Map<?, ?> last = events(id).getLast();

        assertThat(last.get("state")).isEqualTo("failed");
        assertThat(last.get("reason")).isEqualTo("damaged");
        assertThat(last.get("status")).isEqualTo(422);
        HttpResponse<byte[]> result = server.get("/api/jobs/" + id + "/result");
        assertThat(result.statusCode()).isEqualTo(422);
        assertThat(RunningServer.json(result).get("reason")).isEqualTo("damaged");
    }

    @Test
    void namesOfJobsThatAreNotThereAreNotFound() throws Exception {
        for (String id : List.of("1", "..", "%2e%2e", "0", "a%2fb")) {
            assertThat(server.get("/api/jobs/" + id).statusCode()).isIn(400, 404);
        }
    }

    @Test
    void manyJobsAtATimeAreAllDoneAndLeaveNothing() throws Exception {
        try (RunningServer own = RunningServer.start(RunningServer.queue(1000))) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                HttpResponse<byte[]> answer = own.post("/api/jobs?scale=2", small);
                ids.add(String.valueOf(RunningServer.json(answer).get("id")));
            }
            for (String id : ids) {
                Waiting.until(
                        Duration.ofSeconds(60),
                        () -> own.get("/api/jobs/" + id + "/result").statusCode() == 200);
                own.send(own.request("/api/jobs/" + id).method("DELETE", HttpRequest.BodyPublishers.noBody()));
            }
            assertThat(own.server().load().reservedBytes()).isZero();
            assertThat(own.server().spoolFiles()).isZero();
        }
    }
}
