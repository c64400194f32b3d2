package dev.repsr.server.work;

import dev.repsr.server.work.Refusal.Reason;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Pictures whose results are fetched later, each under a name that cannot be guessed. A result is kept for a while after its end; when
 * there are too many, the oldest goes first. Thread-safe.
 */
public final class Jobs {
    private final int most;
    private final Duration kept;
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();

    /**
     * No jobs yet.
     *
     * @param most jobs at a time
     * @param kept how long a result is kept after its end
     */
    public Jobs(int most, Duration kept) {
        this.most = most;
        this.kept = kept;
    }

    /**
     * Enters a picture; its name.
     *
     * @throws Refusal if there are too many that are not over
     */
    public synchronized String add(Ticket ticket) throws Refusal {
        sweep();
        if (tickets.size() >= most && !dropOldest()) {
            ticket.drop();
            throw new Refusal(Reason.BUSY, "too many jobs are open; try again later", Duration.ofSeconds(10));
        }
        String id = UUID.randomUUID().toString();
        tickets.put(id, ticket);
        return id;
    }

    /** The picture of this name. */
    public synchronized Ticket get(String id) throws Refusal {
        return Optional.ofNullable(tickets.get(id))
                .orElseThrow(
                        () -> new Refusal(Reason.NOT_FOUND, "there is no such job, or its result is gone already"));
    }

    /** Forgets a job: what is not done is cancelled, and what is done is deleted. */
    public synchronized void remove(String id) throws Refusal {
        Ticket ticket = get(id);
        tickets.remove(id);
        ticket.drop();
    }

    /** Forgets those that are over for long. */
    public synchronized void sweep() {
        List<String> old = tickets.entrySet().stream()
                .filter(entry -> entry.getValue().sinceEnd().compareTo(kept) > 0)
                .map(Map.Entry::getKey)
                .toList();
        old.forEach(this::drop);
    }

    /** Forgets the one that has been over for longest; false if none is over. */
    public synchronized boolean dropOldest() {
        Optional<String> oldest = tickets.entrySet().stream()
                .filter(entry -> entry.getValue().state().isEnd())
                .max(Comparator.comparing(entry -> entry.getValue().sinceEnd()))
                .map(Map.Entry::getKey);
        oldest.ifPresent(this::drop);
        return oldest.isPresent();
    }

    /** How many there are. */
    public synchronized int size() {
        return tickets.size();
    }

    /** Forgets all. */
    public synchronized void clear() {
        List.copyOf(tickets.keySet()).forEach(this::drop);
    }

    private void drop(String id) {
        Ticket ticket = tickets.remove(id);
        if (ticket != null) {
            ticket.drop();
        }
    }
}
