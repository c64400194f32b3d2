package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestPictures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The verb from its command line to the end of its process. */
@Timeout(180)
class ServeCommandTest {
    private static final int HANG_SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void aTakenPortIsSaidInOneSentenceThatNamesTheOption() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = Run.of("serve", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(run.code()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).hasLineCount(1).contains("--port").doesNotContain("Exception");
        }
    }

    @Test
    void whatIsNotAllowedIsWrongUsage() throws IOException {
        Path shortToken = Files.writeString(folder.resolve("token"), "short\n");
        for (List<String> wrong : List.of(
                List.of("--port", "70000"),
                List.of("--queue", "0"),
                List.of("--host", "no host"),
                List.of("--max-body", "many"),
                List.of("--token-file", shortToken.toString()))) {
            Run run = Run.of(Stream.concat(Stream.of("serve"), wrong.stream()).toArray());

            assertThat(run.code()).as(wrong + run.err()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).as(wrong.toString()).hasLineCount(1);
        }
        assertThat(Run.of("serve", "--token-file", folder.resolve("none")).code())
                .isEqualTo(ExitCode.REFUSED);
    }

    @Test
    @EnabledIf("dev.repsr.app.StartedProgram#isPossible")
    void aSignalDrainsItAndItEndsWith0AndLeavesNothing() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        byte[] picture = Files.readAllBytes(TestPictures.writeScene(folder, "large.png", 800, 600));
        Process process = start(temporary, "serve", "--port", "0", "--json", "--deadline", "600");
        try (BufferedReader out =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                HttpClient client = HttpClient.newHttpClient()) {
            Map<?, ?> said = (Map<?, ?>) JsonLines.parse(out.readLine());
            assertThat(said.get("event")).isEqualTo("listening");
            assertThat(said.keySet())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrderElementsOf(
                            JsonKeysTest.documented().get(JsonKeysTest.LISTENING));
            URI url = URI.create(String.valueOf(said.get("url")));
            var waiting = client.sendAsync(
                    HttpRequest.newBuilder(url.resolve("/api/upscale?scale=4"))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            while (!metrics(client, url).contains("repsr_running 1.0")) {
                assertThat(process.isAlive()).isTrue();
            }

            assertThat(new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();

            assertThat(waiting.get().statusCode()).isEqualTo(200);
            assertThat(waiting.get().headers().firstValue("X-Repsr-Size")).contains("3200x2400");
            assertThat(process.waitFor(HANG_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(temporary).isEmptyDirectory();
    }

    private static String metrics(HttpClient client, URI url) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(url.resolve("/metrics")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Process start(Path temporary, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-Xmx512m", "-Djava.io.tmpdir=" + temporary));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
