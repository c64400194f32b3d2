package dev.repsr.app;

import dev.repsr.UpscaleOptions;
import dev.repsr.image.ImageLimits;
import dev.repsr.server.PictureServer;
import dev.repsr.server.ServerOptions;
import dev.repsr.server.http.HttpOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the web page and the HTTP API. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Serve the web page and the HTTP API.",
        description = {
            "",
            "Without options for this machine alone: open http://localhost:8080/ in a browser, or",
            "  curl --data-binary @photo.jpg 'localhost:8080/api/upscale?scale=2' -o photo_x2.png",
            "Ctrl-C or SIGTERM: no new pictures are taken, those at work are finished, and the program ends with 0.",
            "One line a request goes to standard error. docs/server.md explains all of it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr serve --open",
            "  repsr serve --host 0.0.0.0 --port 80 --token-file /etc/repsr/token --allow-host pictures.example.org"
        })
final class ServeCommand implements Callable<Integer> {
    /** Environment variable: a token, where there is no file for it. */
    private static final String TOKEN = "REPSR_TOKEN";

    private static final int LEAST_TOKEN = 16;
    private static final int MEGA = 1_000_000;
    private static final ImageLimits USUAL = ServerOptions.defaults().upscale().limits();
    private static final Duration DRAINING = Duration.ofSeconds(60);

    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen at (default: 127.0.0.1, this machine alone; 0.0.0.0: all).")
    private String host = HttpOptions.defaults().host();

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = Port.class,
            description = "Port to listen at (default: 8080; 0: any that is free).")
    private int port = HttpOptions.defaults().port();

    @Option(names = "--open", description = "Open the page in the browser.")
    private boolean open;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with a token of 16 letters or more that every request must bring; or " + TOKEN
                    + " in the environment.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "Name, beside localhost and addresses, under which the server is reached; may be repeated.")
    private List<String> hosts = List.of();

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description = "Origin, such as https://example.org, whose pages may use the API; may be repeated.")
    private List<String> origins = List.of();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "Memory for all pictures together, such as 512m (default: half of Java's heap).")
    private @Nullable Long memory;

    @Option(
            names = "--queue",
            paramLabel = "N",
            converter = Queue.class,
            description = "Pictures that may wait (default: 32); more are answered 503.")
    private int queue = ServerOptions.defaults().queue();

    @Option(
            names = "--max-megapixels",
            paramLabel = "N",
            converter = NetworkOptions.Megapixels.class,
            description = "Largest input (default: 8).")
    private int maxMegapixels = megapixels(USUAL.maxInputPixels());

    @Option(
            names = "--max-output-megapixels",
            paramLabel = "N",
            converter = NetworkOptions.Megapixels.class,
            description = "Largest output (default: 128).")
    private int maxOutputMegapixels = megapixels(USUAL.maxOutputPixels());

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "Largest request (default: 20m).")
    private long maxBody = HttpOptions.defaults().maxBodyBytes();

    @Option(
            names = "--spool",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "Room for uploads and results in the folder for temporary files (default: 2g).")
    private long spool = ServerOptions.defaults().spoolBytes();

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            converter = UpscalingOptions.Seconds.class,
            description = "Time for a picture that its client waits for (default: 60); then 504.")
    private Duration deadline = HttpOptions.defaults().deadline();

    @Option(
            names = "--job-deadline",
            paramLabel = "SECONDS",
            converter = UpscalingOptions.Seconds.class,
            description = "Time for a job (default: 600).")
    private Duration jobDeadline = HttpOptions.defaults().jobDeadline();

    private static int megapixels(long pixels) {
        return Math.toIntExact(pixels / MEGA);
    }

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        ServerOptions options = options();
        CountDownLatch stop = new CountDownLatch(1);
        console.stopSignal().endsWith(ExitCode.OK);
        Runnable before = console.stopSignal().replace(stop::countDown);
        try (PictureServer server = start(options)) {
            announce(server);
            server.warmUp();
            stop.await();
            server.drain(DRAINING);
        } finally {
            console.stopSignal().replace(before);
        }
        return ExitCode.OK;
    }

    private PictureServer start(ServerOptions options) throws CommandFailure, IOException {
        try {
            return PictureServer.start(options, this::log);
        } catch (BindException | UnresolvedAddressException e) {
            throw CommandFailure.usage("cannot listen at " + host + " port " + port
                    + ": it is taken, or not this machine's; --port names another one, 0 any that is free");
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private void log(String line) {
        if (!common.quiet) {
            console.err().println(line);
        }
    }

    private void announce(PictureServer server) throws CommandFailure {
        String shown = isLoopback() ? "localhost" : host;
        String url = "http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + server.port() + "/";
        if (common.json) {
            JsonLines.print(
                    console.out(), Map.of("event", "listening", "url", url, "host", host, "port", server.port()));
        } else if (!common.quiet) {
            console.say("repsr serves " + url + " (Ctrl-C ends it)");
        }
        if (!isLoopback()) {
            console.complain("warning: whoever reaches " + host + " can send pictures here"
                    + (tokenFile == null && System.getenv(TOKEN) == null ? "; --token-file asks for a token" : ""));
        }
        if (open) {
            new Browser().open(url).ifPresent(problem -> console.complain("warning: " + problem));
        }
    }

    private boolean isLoopback() throws CommandFailure {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw CommandFailure.usage("--host " + host + " is no address of this machine");
        }
    }

    private ServerOptions options() throws CommandFailure, IOException {
        isLoopback();
        HttpOptions usual = HttpOptions.defaults();
        HttpOptions http = new HttpOptions(
                host,
                port,
                token(),
                new HashSet<>(hosts),
                new HashSet<>(origins),
                maxBody,
                deadline,
                jobDeadline,
                usual.idle(),
                usual.leastBytesASecond());
        ServerOptions defaults = ServerOptions.defaults();
        UpscaleOptions upscale = common.upscaleOptions()
                .withMemoryBytes(memory == null ? defaults.upscale().memoryBytes() : memory)
                .withLimits(new ImageLimits((long) maxMegapixels * MEGA, (long) maxOutputMegapixels * MEGA, maxBody));
        return new ServerOptions(http, upscale, queue, spool, defaults.jobs(), defaults.kept());
    }

    private Optional<String> token() throws CommandFailure, IOException {
        @Nullable Path file = tokenFile;
        Optional<String> token = file == null ? Optional.ofNullable(System.getenv(TOKEN)) : Optional.of(read(file));
        if (token.isPresent() && !token.get().matches("[!-~]{" + LEAST_TOKEN + ",}")) {
            throw CommandFailure.usage("a token has " + LEAST_TOKEN + " letters or more, without spaces");
        }
        return token;
    }

    private static String read(Path file) throws CommandFailure {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, "the token file " + file + " cannot be read");
        }
    }

    private static final class Port implements ITypeConverter<Integer> {
        private static final int MOST = 65_535;

        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 0, MOST);
        }
    }

    private static final class Queue implements ITypeConverter<Integer> {
        private static final int MOST = 100_000;

        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 1, MOST);
        }
    }

    /** The system's way to show a page. */
    private static final class Browser {
        Optional<String> open(String url) {
            String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
            List<String> command;
            if (system.contains("windows")) {
                command = List.of("rundll32", "url.dll,FileProtocolHandler", url);
            } else {
                command = List.of(system.contains("mac") ? "open" : "xdg-open", url);
            }
            try {
                Process process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                process.getOutputStream().close();
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of("no browser could be opened (" + command.getFirst() + " is not there); open " + url);
            }
        }
    }
}
