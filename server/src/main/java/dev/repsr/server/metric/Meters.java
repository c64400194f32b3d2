package dev.repsr.server.metric;

import dev.repsr.UpscaleResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** What the server counts. Names keep their meaning: dashboards are built on them. */
public final class Meters {
    private static final double MEGA = 1e6;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter pictures = counter("repsr.pictures", "Pictures that were enlarged");
    private final Counter megapixels = counter("repsr.megapixels", "Megapixels that were made");
    private final Counter seconds = counter("repsr.work.seconds", "Seconds that pictures were at work");

    /** Begins to count. */
    public Meters() {}

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** A number that is asked for when it is needed. */
    public void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).description(description).register(registry);
    }

    /** One request is over. */
    public void answered(int status, String reason, long nanos) {
        Timer.builder("repsr.requests")
                .description("Requests by status")
                .tag("status", String.valueOf(status))
                .register(registry)
                .record(Duration.ofNanos(nanos));
        if (!reason.isEmpty()) {
            Counter.builder("repsr.refusals")
                    .description("Requests that were refused, by reason")
                    .tag("reason", reason)
                    .register(registry)
                    .increment();
        }
    }

    /** One picture is done. */
    public void enlarged(UpscaleResult result, Duration worked) {
        pictures.increment();
        megapixels.increment((double) result.width() * result.height() / MEGA);
        seconds.increment(worked.toNanos() / 1e9);
    }

    /** All numbers as Prometheus reads them. */
    public String text() {
        return registry.scrape();
    }
}
