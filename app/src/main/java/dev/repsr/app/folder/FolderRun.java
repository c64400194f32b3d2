package dev.repsr.app.folder;

import dev.repsr.OutputRefused;
import dev.repsr.UpscaleCancelled;
import dev.repsr.UpscaleJob;
import dev.repsr.UpscaleOptions;
import dev.repsr.UpscalePlan;
import dev.repsr.UpscaleResult;
import dev.repsr.Upscaler;
import dev.repsr.image.ImageRefused;
import dev.repsr.io.ByteBudget;
import dev.repsr.io.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Enlarges many pictures, several at a time as memory and threads allow. One that is refused or fails does not stop the rest. When
 * the calling thread is interrupted, pictures in hand are dropped whole, and {@link #run} throws.
 */
public final class FolderRun {
    private final Upscaler upscaler;
    private final UpscaleOptions options;
    private final FolderListener listener;
    private final ByteBudget budget;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile boolean stopping;
    private volatile boolean draining;

    /** A run with the threads and the memory of the upscaler's options, for all pictures together. */
    public FolderRun(Upscaler upscaler, FolderListener listener) {
        this.upscaler = upscaler;
        this.options = upscaler.options();
        this.listener = listener;
        this.budget = new ByteBudget(options.memoryBytes());
    }

    /**
     * Enlarges everything.
     *
     * @param folder where outputs lie and what they are remembered in; null for outputs without a folder of their own
     * @throws InterruptedException if the thread was interrupted; no half output is left
     * @throws IOException if the journal cannot be written
     */
    public void run(List<FolderTask> tasks, @Nullable OutputFolder folder) throws IOException, InterruptedException {
        int workers = Math.clamp(tasks.size(), 1, options.threads());
        ExecutorService pool = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().daemon().name("repsr-picture-", 1).factory());
        try {
            // Whoever ends first is asked first: with a failure of one, the others end as well.
            CompletionService<Boolean> ends = new ExecutorCompletionService<>(pool);
            for (int i = 0; i < workers; i++) {
                ends.submit(() -> {
                    work(tasks, folder, workers);
                    return true;
                });
            }
            for (int i = 0; i < workers; i++) {
                await(ends.take());
            }
        } finally {
            stopping = true;
            pool.shutdownNow();
            awaitEnd(pool);
        }
    }

    /** Lets the pictures in hand be finished and begins no other; {@link #run} ends then. */
    public void beginNoMore() {
        draining = true;
    }

    private static void await(Future<Boolean> end) throws IOException, InterruptedException {
        try {
            end.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case InterruptedException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null -> throw new IllegalStateException(e);
                default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Whatever happens: a picture that is being written removes what is half written before it ends. */
    private static void awaitEnd(ExecutorService pool) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(List<FolderTask> tasks, @Nullable OutputFolder folder, int workers)
            throws IOException, InterruptedException {
        for (int i = next.getAndIncrement(); i < tasks.size() && !stopping && !draining; i = next.getAndIncrement()) {
            int concurrent = Math.clamp(tasks.size() - finished.get(), 1, workers);
            new One(tasks.get(i), folder, concurrent).run();
            finished.incrementAndGet();
        }
    }

    private synchronized void tell(Consumer<FolderListener> what) {
        what.accept(listener);
    }

    /** One input on its way. */
    private final class One {
        private final FolderTask task;
        private final @Nullable OutputFolder folder;
        private final int concurrent;
        private String inputHash = "";

        One(FolderTask task, @Nullable OutputFolder folder, int concurrent) {
            this.task = task;
            this.folder = folder;
            this.concurrent = concurrent;
        }

        /** What goes wrong with one picture, also by a mistake of our own, is told and must not stop the others. */
        void run() throws IOException, InterruptedException {
            try {
                OutputRefused.requirePossibleName(task.output());
                if (folder == null || !isDone(folder)) {
                    enlarge();
                }
            } catch (UpscaleCancelled e) {
                throw stopped(e);
            } catch (IOException | RuntimeException e) {
                fail(e);
            } catch (OutOfMemoryError e) {
                fail(new ImageRefused(
                        ImageRefused.Reason.TOO_LARGE,
                        task.input() + " needs more memory than there is; give Java more with -Xmx",
                        e));
            }
        }

        private void fail(Exception failure) throws IOException, InterruptedException {
            if (stopping || Thread.currentThread().isInterrupted()) {
                throw stopped(failure);
            }
            if (folder != null) {
                folder.journal().refused(task, inputHash, String.valueOf(failure.getMessage()));
            }
            tell(told -> told.failed(task, failure));
        }

        private static InterruptedException stopped(Exception cause) {
            InterruptedException stopped = new InterruptedException("stopped");
            stopped.initCause(cause);
            return stopped;
        }

        private boolean isDone(OutputFolder given) throws IOException {
            given.folders().makeFor(task.output());
            inputHash = hash();
            if (given.journal().confirmed(task, inputHash).isEmpty()) {
                return false;
            }
            tell(told -> told.resumed(task));
            return true;
        }

        private String hash() throws ImageRefused {
            try {
                return Sha256.hex(task.input());
            } catch (IOException e) {
                throw new ImageRefused(
                        ImageRefused.Reason.MISSING, task.input() + " cannot be read: " + e.getMessage(), e);
            }
        }

        @SuppressWarnings("try") // a part of the memory is held by being open
        private void enlarge() throws IOException, InterruptedException {
            if (task.isComic()) {
                try (ByteBudget.Part all = budget.take(options.memoryBytes())) {
                    ComicResult result = new ComicBook(upscaler, task).enlarge(this::enter, this::working);
                    tell(told -> told.comic(task, result));
                }
                return;
            }
            UpscaleOptions own = share();
            try (ByteBudget.Part part = budget.take(own.memoryBytes())) {
                UpscaleJob job = upscaler.with(own).upscale(task.input()).onProgress(this::working);
                UpscaleResult result = task.type() == null
                        ? job.onSealed(this::enter).to(task.output())
                        : job.onSealed(this::enter).to(task.output(), task.type());
                tell(told -> told.enlarged(task, result));
            }
        }

        private void working(int done, int all) {
            tell(told -> told.working(task, (double) done / all));
        }

        /** The threads that others leave, and the memory that the picture takes with them. */
        @SuppressWarnings("try") // a part of the memory is held by being open
        private UpscaleOptions share() throws IOException, InterruptedException {
            // A header is looked for in the whole file.
            try (ByteBudget.Part file = budget.take(task.bytes())) {
                UpscalePlan plan = task.plan(upscaler);
                long atOnce = Math.clamp(options.memoryBytes() / Math.max(1, plan.leastBytes()), 1, concurrent);
                UpscaleOptions own = options.withThreads(Math.max(1, options.threads() / (int) atOnce));
                long most = task.plan(upscaler.with(own)).mostBytes();
                return own.withMemoryBytes(Math.min(options.memoryBytes(), most));
            }
        }

        private void enter(String outputHash) throws IOException {
            if (folder != null) {
                folder.journal().done(task, inputHash, outputHash);
            }
        }
    }
}
