package dev.repsr.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestData;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Odd and broken files of other projects' test sets, several at a time: each is a picture or a refusal, and the server lives. */
@Tag("data")
@Timeout(900)
class OddImagesHttpTest {
    private static final int AT_A_TIME = 4;

    @Test
    void everyFileGivesAPictureOrARefusal() throws Exception {
        Path manifest = TestData.require("odd-images/MANIFEST.tsv");
        List<Path> files = Files.readAllLines(manifest).stream()
                .skip(1)
                .map(line -> manifest.resolveSibling(line.split("\t", -1)[0]))
                .toList();
        Map<Integer, Integer> counts = new TreeMap<>();
        try (RunningServer server = RunningServer.start();
                ExecutorService clients = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<Integer>> answers = files.stream()
                    .map(file -> clients.submit(() -> status(server, file)))
                    .toList();
            for (Future<Integer> answer : answers) {
                counts.merge(answer.get(), 1, Integer::sum);
            }
            assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
            Waiting.until(Duration.ofMinutes(1), () -> server.server().spoolFiles() == 0);
            assertThat(server.server().load().reservedBytes()).isZero();
        }
        System.getLogger(OddImagesHttpTest.class.getName())
                .log(System.Logger.Level.INFO, "answers by status: {0}", counts);
        assertThat(counts.keySet()).isSubsetOf(200, 413, 415, 422);
        assertThat(counts).containsKey(200);
    }

    private static int status(RunningServer server, Path file) throws Exception {
        HttpResponse<byte[]> answer = server.post("/api/upscale?scale=2", Files.readAllBytes(file));
        if (answer.statusCode() != 200) {
            String reason = String.valueOf(RunningServer.json(answer).get("reason"));
            RefusalTest.assertRefused(answer, answer.statusCode(), reason);
        }
        return answer.statusCode();
    }
}
