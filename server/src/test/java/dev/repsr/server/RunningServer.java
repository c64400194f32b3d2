package dev.repsr.server;

import dev.repsr.UpscaleOptions;
import dev.repsr.server.http.HttpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** A server at a free port of this machine, and a client for it. */
public final class RunningServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Ends a hang; many times what is expected. */
    private static final Duration HANG = Duration.ofMinutes(2);

    private final PictureServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private RunningServer(ServerOptions options) throws IOException {
        server = PictureServer.start(options, lines::add);
    }

    /** With the usual options. */
    public static RunningServer start() throws IOException {
        return start(options -> options);
    }

    /** With the usual options changed; two threads whatever the machine has. */
    public static RunningServer start(UnaryOperator<ServerOptions> change) throws IOException {
        ServerOptions usual = ServerOptions.defaults();
        ServerOptions here = new ServerOptions(
                http(usual.http(), "127.0.0.1"),
                usual.upscale().withThreads(2).withMemoryBytes(200L << 20),
                usual.queue(),
                usual.spoolBytes(),
                usual.jobs(),
                usual.kept());
        return new RunningServer(change.apply(here));
    }

    private static HttpOptions http(HttpOptions usual, String host) {
        return new HttpOptions(
                host,
                0,
                usual.token(),
                usual.hosts(),
                usual.origins(),
                usual.maxBodyBytes(),
                usual.deadline(),
                usual.jobDeadline(),
                usual.idle(),
                usual.leastBytesASecond());
    }

    /** Other options for pictures. */
    public static UnaryOperator<ServerOptions> upscale(UnaryOperator<UpscaleOptions> change) {
        return options -> new ServerOptions(
                options.http(),
                change.apply(options.upscale()),
                options.queue(),
                options.spoolBytes(),
                options.jobs(),
                options.kept());
    }

    /** Another queue. */
    public static UnaryOperator<ServerOptions> queue(int queue) {
        return options -> new ServerOptions(
                options.http(), options.upscale(), queue, options.spoolBytes(), options.jobs(), options.kept());
    }

    /** Other deadlines. */
    public static UnaryOperator<ServerOptions> deadlines(Duration waiting, Duration jobs) {
        return http(http -> new HttpOptions(
                http.host(),
                http.port(),
                http.token(),
                http.hosts(),
                http.origins(),
                http.maxBodyBytes(),
                waiting,
                jobs,
                http.idle(),
                http.leastBytesASecond()));
    }

    /** Who may come. */
    public static UnaryOperator<ServerOptions> access(Optional<String> token, Set<String> hosts, Set<String> origins) {
        return http(http -> new HttpOptions(
                http.host(),
                http.port(),
                token,
                hosts,
                origins,
                http.maxBodyBytes(),
                http.deadline(),
                http.jobDeadline(),
                http.idle(),
                http.leastBytesASecond()));
    }

    /** How patient it is, and how long bodies may be. */
    public static UnaryOperator<ServerOptions> patience(Duration idle, long maxBodyBytes) {
        return http(http -> new HttpOptions(
                http.host(),
                http.port(),
                http.token(),
                http.hosts(),
                http.origins(),
                maxBodyBytes,
                http.deadline(),
                http.jobDeadline(),
                idle,
                http.leastBytesASecond()));
    }

    private static UnaryOperator<ServerOptions> http(UnaryOperator<HttpOptions> change) {
        return options -> new ServerOptions(
                change.apply(options.http()),
                options.upscale(),
                options.queue(),
                options.spoolBytes(),
                options.jobs(),
                options.kept());
    }

    /** The server itself. */
    public PictureServer server() {
        return server;
    }

    /** One line for each request so far. */
    public List<String> lines() {
        return lines;
    }

    /** A connection of one's own. */
    public Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) HANG.toMillis());
        return socket;
    }

    /** A request to a path. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(HANG);
    }

    /** Sends it. */
    public HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The client, for what needs more. */
    public HttpClient client() {
        return client;
    }

    /** Asks for a path. */
    public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** Sends bytes to a path. */
    public HttpResponse<byte[]> post(String path, byte[] body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** The JSON of an answer. */
    public static Map<?, ?> json(HttpResponse<byte[]> answer) {
        return JSON.readValue(answer.body(), Map.class);
    }

    /** The JSON of a text. */
    public static Map<?, ?> json(String text) {
        return JSON.readValue(text, Map.class);
    }

    /** An answer as text. */
    public static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
