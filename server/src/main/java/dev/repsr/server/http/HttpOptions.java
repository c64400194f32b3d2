package dev.repsr.server.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How the server listens, and what it takes from clients.
 *
 * @param host address to listen at
 * @param port 1 to 65535; 0: any that is free
 * @param token that requests must bring, if any
 * @param hosts names, beside localhost and addresses, under which the server is reached
 * @param origins of other pages that may use the API
 * @param maxBodyBytes of a request
 * @param deadline of a picture that its client waits for
 * @param jobDeadline of a picture that is fetched later
 * @param idle time after which a client that sends, reads or asks nothing is let go
 * @param leastBytesASecond slower clients are let go
 */
public record HttpOptions(
        String host,
        int port,
        Optional<String> token,
        Set<String> hosts,
        Set<String> origins,
        long maxBodyBytes,
        Duration deadline,
        Duration jobDeadline,
        Duration idle,
        long leastBytesASecond) {
    /** Checks the ranges and copies the sets; names are compared in lower case. */
    public HttpOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port);
        }
        if (maxBodyBytes < 1 || leastBytesASecond < 0) {
            throw new IllegalArgumentException(maxBodyBytes + " bytes, " + leastBytesASecond + " a second");
        }
        if (!deadline.isPositive() || !jobDeadline.isPositive() || !idle.isPositive()) {
            throw new IllegalArgumentException("a time that is not positive");
        }
        hosts = Set.copyOf(hosts.stream().map(HttpOptions::lower).toList());
        origins = Set.copyOf(origins.stream().map(HttpOptions::lower).toList());
    }

    /** Port 8080 of this machine alone, no token; 20 MiB, 60 s, jobs 10 minutes; 20 s idle, 8 KiB a second. */
    public static HttpOptions defaults() {
        return new HttpOptions(
                "127.0.0.1",
                8080,
                Optional.empty(),
                Set.of(),
                Set.of(),
                20 << 20,
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofSeconds(20),
                8192);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
