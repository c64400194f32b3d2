package dev.repsr.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import dev.repsr.image.ImageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not do what they should, by sockets of their own. */
@Timeout(240)
class HostileClientTest {
    private static final Duration GUARD = Duration.ofSeconds(60);

    private static byte[] small;
    private static byte[] large;

    @BeforeAll
    static void draw() throws IOException {
        small = TestPictures.encode(TestPictures.scene(64, 48), ImageType.PNG);
        large = TestPictures.encode(TestPictures.scene(2400, 1800), ImageType.PNG);
    }

    private static byte[] head(String path, long length) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String rest(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "reset";
        }
    }

    private static void assertNothingIsLeft(RunningServer server) throws Exception {
        Waiting.until(GUARD, () -> server.server().load().running() == 0);
        Waiting.until(GUARD, () -> server.server().spoolFiles() == 0);
        assertThat(server.server().load().reservedBytes()).isZero();
        assertThat(server.post("/api/upscale?scale=2", small).statusCode()).isEqualTo(200);
    }

    @Test
    void theWorkOfAClientThatGoesAwayStops() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            try (Socket socket = server.connect()) {
                socket.getOutputStream().write(head("/api/upscale?scale=4&ensemble=true", large.length));
                socket.getOutputStream().write(large);
                Waiting.until(GUARD, () -> server.server().load().running() == 1);
            }
            assertNothingIsLeft(server);
            Waiting.until(GUARD, () -> server.lines().stream().anyMatch(line -> line.contains(" 499 ")));
        }
    }

    @Test
    void aBodyThatEndsEarlyIsNoPicture() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            try (Socket socket = server.connect()) {
                socket.getOutputStream().write(head("/api/upscale?scale=2", large.length + 1000));
                socket.getOutputStream().write(large);
                socket.shutdownOutput();
                assertThat(rest(socket)).doesNotStartWith("HTTP/1.1 200");
            }
            assertNothingIsLeft(server);
        }
    }

    @Test
    void aBodyWithoutEndIsCutOffAtTheLimit() throws Exception {
        try (RunningServer server = RunningServer.start(RunningServer.patience(Duration.ofSeconds(5), 1 << 20))) {
            try (Socket socket = server.connect()) {
                OutputStream out = socket.getOutputStream();
                out.write("POST /api/upscale HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
                byte[] chunk = new byte[1 << 16];
                long sent = 0;
                try {
                    for (int i = 0; i < 1000; i++) {
                        out.write("10000\r\n".getBytes(StandardCharsets.ISO_8859_1));
                        out.write(chunk);
                        out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                        sent += chunk.length;
                    }
                } catch (SocketException e) {
                    // The server does not listen any more, as it should.
                    assertThat(sent).isLessThan(1000L << 16);
                }
                assertThat(rest(socket))
                        .satisfiesAnyOf(
                                answer -> assertThat(answer).startsWith("HTTP/1.1 413"),
                                answer -> assertThat(answer).isEqualTo("reset"));
            }
            assertNothingIsLeft(server);
        }
    }

    @Test
    void headsThatAreTooLongOrNoneAreRefusedWithoutAWordOfTheServersOwn() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            List<String> answers = new ArrayList<>();
            answers.add(
                    GuardTest.answer(server, "GET /healthz HTTP/1.1", "Host: localhost", "X: " + "x".repeat(1 << 20)));
            answers.add(GuardTest.answer(server, "GET /" + "x".repeat(20_000) + " HTTP/1.1", "Host: localhost"));
            answers.add(GuardTest.answer(server, "nonsense"));
            answers.add(GuardTest.answer(server, "GET /healthz HTTP/1.1"));
            answers.add(GuardTest.answer(server, "GET /healthz HTTP/9.9", "Host: localhost"));
            answers.add(
                    GuardTest.answer(server, "POST /api/upscale HTTP/1.1", "Host: localhost", "Content-Length: -1"));
            answers.add(GuardTest.answer(
                    server,
                    "POST /api/upscale HTTP/1.1",
                    "Host: localhost",
                    "Content-Length: 5",
                    "Transfer-Encoding: chunked"));
            answers.add(GuardTest.answer(server, "GET /healthz\0 HTTP/1.1", "Host: localhost"));
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer)
                            .doesNotContainIgnoringCase("jetty")
                            .doesNotContain("Exception", "\tat ", "java")
                            .doesNotStartWith("HTTP/1.1 200")
                            .doesNotStartWith("HTTP/1.1 500"));
            assertNothingIsLeft(server);
        }
    }

    @Test
    void aFormOfTenThousandFieldsIsRefused() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int i = 0; i < 10_000; i++) {
                body.writeBytes(("--limit\r\nContent-Disposition: form-data; name=\"f" + i + "\"\r\n\r\nx\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
            body.writeBytes("--limit--\r\n".getBytes(StandardCharsets.ISO_8859_1));
            for (byte[] bytes : List.of(body.toByteArray(), "nonsense".getBytes(StandardCharsets.ISO_8859_1))) {
                RefusalTest.assertRefused(
                        server.send(server.request("/api/upscale")
                                .header("Content-Type", "multipart/form-data; boundary=limit")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))),
                        400,
                        "bad_request");
            }
            RefusalTest.assertRefused(
                    server.send(server.request("/api/upscale")
                            .header("Content-Type", "multipart/form-data")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(small))),
                    400,
                    "bad_request");
            assertNothingIsLeft(server);
        }
    }

    /** What is refused before it is read: the client, which sends all of it first, gets to see why. */
    @Test
    void aClientThatIsRefusedSeesTheAnswerAlthoughItsBodyIsLong() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            for (int i = 0; i < 20; i++) {
                RefusalTest.assertRefused(server.post("/api/upscale?scale=99", large), 400, "bad_request");
            }
            assertNothingIsLeft(server);
        }
    }

    @Test
    void slowClientsAreLetGoAndHurtNobodyMeanwhile() throws Exception {
        try (RunningServer server = RunningServer.start(RunningServer.patience(Duration.ofSeconds(2), 20 << 20))) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Socket socket = server.connect();
                slow.add(socket);
                // A third each: nothing at all, half a head, a body that does not come.
                byte[] begin = head("/api/upscale?scale=2", small.length);
                socket.getOutputStream()
                        .write(
                                begin,
                                0,
                                switch (i % 3) {
                                    case 0 -> 0;
                                    case 1 -> begin.length / 2;
                                    default -> begin.length;
                                });
            }
            assertThat(server.post("/api/upscale?scale=2", small).statusCode()).isEqualTo(200);
            for (Socket socket : slow) {
                rest(socket);
                socket.close();
            }
            assertNothingIsLeft(server);
        }
    }

    @Test
    void aBodyThatTricklesIsCutOff() throws Exception {
        try (RunningServer server = RunningServer.start(RunningServer.patience(Duration.ofSeconds(1), 20 << 20));
                Socket socket = server.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("/api/upscale?scale=2", 1000));
            long end = System.nanoTime() + GUARD.toNanos();
            boolean cut = false;
            while (!cut && System.nanoTime() < end) {
                try {
                    out.write(0);
                    socket.setSoTimeout(200);
                    socket.getInputStream().read();
                    cut = true;
                } catch (SocketTimeoutException e) {
                    // It still waits.
                    cut = false;
                } catch (SocketException e) {
                    cut = true;
                }
            }
            assertThat(cut).isTrue();
            assertNothingIsLeft(server);
        }
    }
}
