package dev.repsr.server.http;

import dev.repsr.UpscaleResult;
import dev.repsr.image.ImageType;
import dev.repsr.server.work.Enlarged;
import dev.repsr.server.work.Jobs;
import dev.repsr.server.work.PictureRequest;
import dev.repsr.server.work.Pictures;
import dev.repsr.server.work.Refusal;
import dev.repsr.server.work.Refusal.Reason;
import dev.repsr.server.work.Ticket;
import dev.repsr.server.work.Workshop;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;

/** Pictures to be enlarged, at once or as jobs. */
final class PictureApi {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final long LEAST_MILLIS_BETWEEN_EVENTS = 100;
    private static final int MOST_LISTENERS = 256;

    private final Workshop workshop;
    private final Pictures pictures;
    private final Jobs jobs;
    private final Uploads uploads;
    private final ClientWatch clients;
    private final HttpOptions options;
    private final Semaphore listeners = new Semaphore(MOST_LISTENERS);

    PictureApi(
            Workshop workshop,
            Pictures pictures,
            Jobs jobs,
            Uploads uploads,
            ClientWatch clients,
            HttpOptions options) {
        this.workshop = workshop;
        this.pictures = pictures;
        this.jobs = jobs;
        this.uploads = uploads;
        this.clients = clients;
        this.options = options;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/api/upscale", false, this::upscale),
                new Route("POST", "/api/jobs", false, this::addJob),
                new Route("GET", "/api/jobs/{id}", false, this::job),
                new Route("GET", "/api/jobs/{id}/events", false, this::events),
                new Route("GET", "/api/jobs/{id}/result", false, this::result),
                new Route("DELETE", "/api/jobs/{id}", false, this::removeJob));
    }

    private void upscale(Exchange exchange) throws Refusal, IOException, InterruptedException {
        Ticket ticket = take(exchange, options.deadline());
        try {
            send(exchange, await(exchange, ticket));
        } finally {
            ticket.drop();
        }
    }

    /** Waits for the picture as long as the client does. */
    private Enlarged await(Exchange exchange, Ticket ticket) throws Refusal, IOException, InterruptedException {
        try (ClientWatch.Watch watch = clients.watch(exchange.connection().getEndPoint(), ticket::drop)) {
            Enlarged made = ticket.await();
            if (watch.saidMore()) {
                exchange.closeAfterwards();
            }
            return made;
        } catch (Refusal e) {
            if (e.reason() == Reason.CANCELLED) {
                throw new EOFException("the client went away");
            }
            throw e;
        }
    }

    private void addJob(Exchange exchange) throws Refusal, IOException, InterruptedException {
        Ticket ticket = take(exchange, options.jobDeadline());
        String id = jobs.add(ticket);
        exchange.setHeader(HttpHeader.LOCATION, "/api/jobs/" + id);
        exchange.answerJson(Status.ACCEPTED, json(id, ticket));
    }

    /** What can be known before the body is read is looked at before it. */
    private Ticket take(Exchange exchange, Duration deadline) throws Refusal, IOException, InterruptedException {
        Map<String, String> inUrl = exchange.parameters();
        pictures.check(PictureRequest.of(inUrl));
        workshop.requireRoom();
        jobs.sweep();
        Uploads.Upload upload = receive(exchange);
        boolean taken = false;
        try {
            PictureRequest request = PictureRequest.of(upload.parameters());
            taken = true;
            return pictures.take(upload.file(), request, deadline);
        } finally {
            if (!taken) {
                upload.file().close();
            }
        }
    }

    @SuppressWarnings("try") // the client is watched while this is open
    private Uploads.Upload receive(Exchange exchange) throws Refusal, IOException {
        try (ClientWatch.Transfer coming = clients.transfer(exchange.connection())) {
            return uploads.receive(exchange);
        }
    }

    private void job(Exchange exchange) throws Refusal, IOException {
        String id = exchange.name("id");
        exchange.answerJson(Status.OK, json(id, jobs.get(id)));
    }

    private void removeJob(Exchange exchange) throws Refusal, IOException {
        jobs.remove(exchange.name("id"));
        exchange.answerNothing(Status.NO_CONTENT);
    }

    private void result(Exchange exchange) throws Refusal, IOException {
        Ticket ticket = jobs.get(exchange.name("id"));
        if (!ticket.state().isEnd()) {
            throw new Refusal(Reason.NOT_READY, "the picture is not done yet", Duration.ofSeconds(1));
        }
        if (ticket.refusal().isPresent()) {
            throw ticket.refusal().get();
        }
        send(exchange, ticket.enlarged().orElseThrow());
    }

    @SuppressWarnings("try") // the client is watched while this is open
    private void send(Exchange exchange, Enlarged made) throws Refusal, IOException {
        UpscaleResult result = made.result();
        exchange.setHeader(
                HttpHeader.CONTENT_DISPOSITION,
                "inline; filename=\"picture." + result.type().extension() + "\"");
        exchange.setHeader("X-Repsr-Size", result.width() + "x" + result.height());
        exchange.setHeader("X-Repsr-Model", ascii(result.model()));
        try (InputStream bytes = made.file().read();
                ClientWatch.Transfer going = clients.transfer(exchange.connection())) {
            exchange.answer(Status.OK, mediaType(result.type()), made.file().size(), bytes);
        }
    }

    private static String mediaType(ImageType type) {
        return switch (type) {
            case PNG -> "image/png";
            case JPEG -> "image/jpeg";
            case TIFF -> "image/tiff";
            case GIF -> "image/gif";
            case WEBP -> "image/webp";
            case BMP -> "image/bmp";
            case PNM -> "image/x-portable-anymap";
        };
    }

    private static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    private void events(Exchange exchange) throws Refusal, IOException, InterruptedException {
        String id = exchange.name("id");
        Ticket ticket = jobs.get(id);
        if (!listeners.tryAcquire()) {
            throw new Refusal(Reason.BUSY, "too many clients listen to events; try again later", HEARTBEAT);
        }
        try {
            exchange.setHeader("X-Accel-Buffering", "no");
            exchange.begin(Status.OK, "text/event-stream");
            boolean end = false;
            while (!end) {
                long known = ticket.changes();
                end = ticket.state().isEnd();
                exchange.write("event: state\ndata: " + Exchange.text(json(id, ticket)) + "\n\n");
                if (!end) {
                    TimeUnit.MILLISECONDS.sleep(LEAST_MILLIS_BETWEEN_EVENTS);
                    ticket.awaitChange(known, HEARTBEAT);
                }
            }
            exchange.end();
        } finally {
            listeners.release();
        }
    }

    /** A job as clients see it. */
    private static Map<String, Object> json(String id, Ticket ticket) {
        Map<String, Object> members = new LinkedHashMap<>();
        Ticket.State state = ticket.state();
        members.put("id", id);
        members.put("state", state.name().toLowerCase(Locale.ROOT));
        members.put("progress", Math.round(ticket.progress() * 1000) / 1000.0);
        ticket.ahead().ifPresent(ahead -> members.put("ahead", ahead));
        ticket.left().ifPresent(left -> members.put("seconds_left", left.toMillis() / 1000.0));
        ticket.enlarged().ifPresent(made -> addResult(members, made));
        ticket.refusal().ifPresent(refusal -> {
            members.put("status", Status.of(refusal.reason()));
            members.putAll(Exchange.json(refusal));
        });
        return members;
    }

    private static void addResult(Map<String, Object> members, Enlarged made) {
        UpscaleResult result = made.result();
        members.put("model", result.model());
        members.put("choice", result.choice());
        members.put("width", result.width());
        members.put("height", result.height());
        members.put("format", result.type().extension());
        members.put("bytes", made.file().size());
        members.put("resampled", result.treatment().resamples());
        members.put("millis", result.millis());
        members.put("warnings", result.warnings());
    }
}
