package dev.repsr.server.work;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A place in the queue, then at work, then what became of it. Thread-safe. */
public final class Ticket {
    private static final System.Logger LOG = System.getLogger(Ticket.class.getName());

    /** How much progress is worth telling. */
    private static final double STEP = 0.01;

    /** Where a picture is on its way. */
    public enum State {
        /** It waits for others. */
        QUEUED,
        /** It is being enlarged. */
        RUNNING,
        /** It is done. */
        DONE,
        /** It was refused, or failed. */
        FAILED,
        /** Nobody wants it any more. */
        CANCELLED;

        /** Whether nothing will follow. */
        public boolean isEnd() {
            return switch (this) {
                case QUEUED, RUNNING -> false;
                case DONE, FAILED, CANCELLED -> true;
            };
        }
    }

    private final Workshop workshop;
    private final Work work;
    private final long created = System.nanoTime();
    private State state = State.QUEUED;
    private double progress;
    private long began;
    private long ended;
    private long changes;
    private @Nullable Enlarged enlarged;
    private @Nullable Refusal refusal;
    private @Nullable Refusal wish;
    private @Nullable Future<?> deadline;
    private Consumer<Enlarged> listener = made -> {};
    private volatile Turns.@Nullable Turn turn;

    Ticket(Workshop workshop, Work work) {
        this.workshop = workshop;
        this.work = work;
    }

    Work work() {
        return work;
    }

    /** Where it is now. */
    public synchronized State state() {
        return state;
    }

    /** Part of the rows that are done, 0 to 1. */
    public synchronized double progress() {
        return progress;
    }

    /** How long the rest will take, as far as what is done tells. */
    public synchronized Optional<Duration> left() {
        if (state != State.RUNNING || progress < STEP) {
            return Optional.empty();
        }
        double nanos = (System.nanoTime() - began) * (1 - progress) / progress;
        return Optional.of(Duration.ofNanos((long) nanos));
    }

    /** Time at work until now, or until its end. */
    public synchronized Duration worked() {
        if (began == 0) {
            return Duration.ZERO;
        }
        return Duration.ofNanos((ended == 0 ? System.nanoTime() : ended) - began);
    }

    /** Time since its end; zero before. */
    public synchronized Duration sinceEnd() {
        return state.isEnd() ? Duration.ofNanos(System.nanoTime() - ended) : Duration.ZERO;
    }

    /** Time from its beginning, in the queue, to its end. */
    public synchronized Duration total() {
        return Duration.ofNanos((state.isEnd() ? ended : System.nanoTime()) - created);
    }

    /** The picture, when it is done. */
    public synchronized Optional<Enlarged> enlarged() {
        return Optional.ofNullable(enlarged);
    }

    /** Why there is no picture, when it was refused or cancelled. */
    public synchronized Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Waits for its end. */
    public synchronized Enlarged await() throws Refusal, InterruptedException {
        while (!state.isEnd()) {
            wait();
        }
        if (enlarged == null) {
            throw refusal == null ? Refusal.cancelled() : refusal;
        }
        return enlarged;
    }

    /** Tells the picture to {@code next} when it is done, perhaps at once; never if it is refused. One listener alone. */
    private synchronized void whenDone(Consumer<Enlarged> next) {
        if (enlarged != null) {
            next.accept(enlarged);
        } else {
            listener = next;
        }
    }

    /** A number that another change makes larger. */
    public synchronized long changes() {
        return changes;
    }

    /** Waits until there are more changes than these, or for so long. */
    public synchronized void awaitChange(long known, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (changes == known) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** Nobody wants it any more: it ends soon, and its result, if there is one already or still, is deleted. */
    public void drop() {
        cancel();
        whenDone(Ticket::delete);
    }

    private static void delete(Enlarged made) {
        try {
            made.file().close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "a temporary file cannot be deleted", e);
        }
    }

    /** Ends it soon, whatever it is doing; without effect on one that is over. */
    public void cancel() {
        cancel(Refusal.cancelled());
    }

    void cancel(Refusal why) {
        workshop.cancel(this, why);
    }

    /** How many begin before it; empty when it does not wait. */
    public Optional<Integer> ahead() {
        return workshop.ahead(this);
    }

    synchronized void until(Future<?> cancelsIt) {
        if (state.isEnd()) {
            cancelsIt.cancel(false);
        } else {
            deadline = cancelsIt;
        }
    }

    synchronized void begin() {
        state = State.RUNNING;
        began = System.nanoTime();
        changed();
    }

    void seated(Turns.Turn seat) {
        turn = seat;
    }

    /** Rows are done; others may go first now. */
    void progress(double part) {
        tell(part);
        Turns.Turn seat = turn;
        if (seat != null) {
            seat.pass();
        }
    }

    private synchronized void tell(double part) {
        boolean worthTelling = part - progress >= STEP;
        if (worthTelling) {
            progress = part;
            changed();
        }
    }

    synchronized void wish(Refusal why) {
        if (wish == null) {
            wish = why;
        }
    }

    /** Why somebody wants it to end, if so. */
    synchronized Optional<Refusal> wish() {
        return Optional.ofNullable(wish);
    }

    synchronized void done(Enlarged made) {
        enlarged = made;
        progress = 1;
        end(State.DONE);
        listener.accept(made);
    }

    /** It failed for this reason. */
    synchronized void failed(Refusal why) {
        refusal = why;
        end(why.reason() == Refusal.Reason.CANCELLED ? State.CANCELLED : State.FAILED);
    }

    private void end(State last) {
        state = last;
        ended = System.nanoTime();
        if (deadline != null) {
            deadline.cancel(false);
        }
        changed();
    }

    private void changed() {
        changes++;
        notifyAll();
    }
}
