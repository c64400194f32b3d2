package dev.repsr.server.work;

import dev.repsr.io.ByteBudget;
import dev.repsr.server.work.Refusal.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where pictures are enlarged: who comes waits in a queue of limited length until there is memory, and then shares the processors with
 * the others ({@link Turns}). Large pictures keep their order among themselves; small ones go past them, and there is always a part of
 * the memory that only they may take. While a large one waits for memory, they take no more than this part, so that it gets its turn.
 */
public final class Workshop implements AutoCloseable {
    /** Long enough that changing over costs nothing, short enough that nobody notices the wait. */
    private static final Duration QUANTUM = Duration.ofMillis(40);

    private static final int PART_FOR_SMALL = 8;
    private static final int SMALL_A_THREAD = 4;
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

    private final int threads;
    private final int queue;
    private final ByteBudget budget;
    private final long reserve;
    private final Turns turns;
    private final WorkListener listener;
    private final AtomicLong names = new AtomicLong();
    private final ScheduledThreadPoolExecutor clock;

    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private final Map<Ticket, Thread> working = new HashMap<>();
    private int largeWorking;
    private long smallBytes;
    private boolean closing;

    /** Seconds that a picture takes, of late. */
    private double usualSeconds = 1;

    /**
     * What is going on.
     *
     * @param queued pictures that wait
     * @param running pictures at work
     * @param reservedBytes memory that they hold
     * @param bytes memory that there is
     */
    public record Load(int queued, int running, long reservedBytes, long bytes) {}

    /**
     * Opens a workshop.
     *
     * @param threads that compute
     * @param memoryBytes for all pictures together
     * @param queue pictures that may wait, at least 1
     */
    public Workshop(int threads, long memoryBytes, int queue, WorkListener listener) {
        this.threads = threads;
        this.queue = queue;
        this.budget = new ByteBudget(memoryBytes);
        this.reserve = budget.bytes() / PART_FOR_SMALL;
        this.turns = new Turns(threads, QUANTUM);
        this.listener = listener;
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("repsr-deadlines").factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Memory for all pictures together. */
    long memoryBytes() {
        return budget.bytes();
    }

    /** Threads for a picture that comes now: those that others leave. */
    synchronized int share() {
        return Math.max(1, threads / (waiting.size() + working.size() + 1));
    }

    /** Refuses who comes while the queue is full; asked once more when the picture is there. */
    public synchronized void requireRoom() throws Refusal {
        if (closing) {
            throw new Refusal(Reason.STOPPING, "the server is about to end; try again later", Duration.ofSeconds(5));
        }
        if (waiting.size() >= queue) {
            throw new Refusal(Reason.BUSY, "too many pictures are waiting already; try again later", retryAfter());
        }
    }

    private Duration retryAfter() {
        double seconds = usualSeconds * (waiting.size() + working.size()) / threads;
        return Duration.ofSeconds(Math.clamp((long) Math.ceil(seconds), 1, LONGEST_RETRY.toSeconds()));
    }

    /**
     * Takes a picture into the queue.
     *
     * @param deadline after which it is given up, wherever it is
     * @throws Refusal if the queue is full; the work has not ended then
     */
    Ticket submit(Work work, Duration deadline) throws Refusal {
        Ticket ticket = new Ticket(this, work);
        synchronized (this) {
            requireRoom();
            waiting.add(ticket);
            startWhatFits();
        }
        Refusal late =
                new Refusal(Reason.DEADLINE, "the picture was not done within " + deadline.toSeconds() + " seconds");
        ticket.until(clock.schedule(() -> cancel(ticket, late), deadline.toMillis(), TimeUnit.MILLISECONDS));
        return ticket;
    }

    private void startWhatFits() {
        boolean largeWaits = false;
        Iterator<Ticket> all = waiting.iterator();
        while (all.hasNext()) {
            Ticket ticket = all.next();
            boolean small = ticket.work().isSmall();
            if (!small && largeWaits) {
                continue;
            }
            Optional<ByteBudget.Part> part = small ? partForSmall(ticket, largeWaits) : partForLarge(ticket);
            if (part.isPresent()) {
                all.remove();
                start(ticket, part.get());
            }
            largeWaits |= !small && part.isEmpty();
        }
    }

    private Optional<ByteBudget.Part> partForSmall(Ticket ticket, boolean largeWaits) {
        long bytes = ticket.work().bytes();
        int smallWorking = working.size() - largeWorking;
        boolean takesTooMuch = largeWaits && smallWorking > 0 && smallBytes + bytes > reserve;
        return smallWorking >= SMALL_A_THREAD * threads || takesTooMuch ? Optional.empty() : budget.tryTake(bytes);
    }

    private Optional<ByteBudget.Part> partForLarge(Ticket ticket) {
        long bytes = ticket.work().bytes();
        boolean takesTheReserve = !working.isEmpty() && budget.takenBytes() + bytes > budget.bytes() - reserve;
        return largeWorking > threads || takesTheReserve ? Optional.empty() : budget.tryTake(bytes);
    }

    private void start(Ticket ticket, ByteBudget.Part part) {
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("repsr-picture-" + names.incrementAndGet())
                .unstarted(() -> run(ticket, part));
        working.put(ticket, thread);
        if (ticket.work().isSmall()) {
            smallBytes += ticket.work().bytes();
        } else {
            largeWorking++;
        }
        ticket.begin();
        thread.start();
    }

    @SuppressWarnings("IllegalCatch") // whatever happens to a picture, the server goes on and the client is told
    private void run(Ticket ticket, ByteBudget.Part part) {
        try {
            Enlarged made = enlarge(ticket);
            leave(ticket, part);
            ticket.done(made);
            listener.enlarged(made.result(), ticket.worked());
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            leave(ticket, part);
            // What breaks when a thread is interrupted is nobody's fault.
            ticket.failed(ticket.wish().orElseGet(() -> Refusal.of(e)));
        }
    }

    private Enlarged enlarge(Ticket ticket) throws IOException, InterruptedException {
        try (Turns.Turn turn = turns.take()) {
            ticket.seated(turn);
            return ticket.work().run(ticket);
        } finally {
            ticket.work().end();
        }
    }

    /** From here on nobody interrupts the thread. */
    private synchronized void leave(Ticket ticket, ByteBudget.Part part) {
        working.remove(ticket);
        part.close();
        if (ticket.work().isSmall()) {
            smallBytes -= ticket.work().bytes();
        } else {
            largeWorking--;
        }
        usualSeconds += (ticket.worked().toNanos() / 1e9 - usualSeconds) / 8;
        startWhatFits();
        notifyAll();
    }

    synchronized void cancel(Ticket ticket, Refusal why) {
        Thread thread = working.get(ticket);
        if (thread != null) {
            ticket.wish(why);
            thread.interrupt();
        } else if (waiting.remove(ticket)) {
            ticket.work().end();
            ticket.failed(why);
            startWhatFits();
            notifyAll();
        }
    }

    synchronized Optional<Integer> ahead(Ticket ticket) {
        int before = 0;
        for (Ticket other : waiting) {
            if (other.equals(ticket)) {
                return Optional.of(before);
            }
            before++;
        }
        return Optional.empty();
    }

    /** What is going on. */
    public synchronized Load load() {
        return new Load(waiting.size(), working.size(), budget.takenBytes(), budget.bytes());
    }

    /** Takes no more; waits until all is done, and gives up what is not done in time. */
    public void drain(Duration atMost) throws InterruptedException {
        synchronized (this) {
            closing = true;
        }
        if (!awaitIdle(atMost)) {
            close();
        }
    }

    /** Waits until nothing waits or works; false if it takes longer. */
    public synchronized boolean awaitIdle(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!waiting.isEmpty() || !working.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Takes no more and gives up what is not done. */
    @Override
    public void close() {
        Refusal why = new Refusal(Reason.STOPPING, "the server is about to end; try again later");
        synchronized (this) {
            closing = true;
            for (Ticket ticket : List.copyOf(waiting)) {
                cancel(ticket, why);
            }
            for (Ticket ticket : List.copyOf(working.keySet())) {
                cancel(ticket, why);
            }
        }
        clock.shutdown();
    }
}
