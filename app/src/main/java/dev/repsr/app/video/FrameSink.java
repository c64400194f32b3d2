package dev.repsr.app.video;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * An encoder at work: frames go in here, and what it makes of them is taken by another thread at the same time. What fails on
 * either side is thrown by {@link #write} or {@link #finish}.
 */
final class FrameSink implements AutoCloseable {
    private final String work;
    private final Ffmpeg.Running encoder;
    private final NutWriter writer;
    private final OutputStream in;
    private final CompletableFuture<Void> taken = new CompletableFuture<>();
    private final Thread taker;

    /** Takes what an encoder makes, to its end. */
    @FunctionalInterface
    interface Taker {
        /**
         * Reads all; after the last byte, {@code ended} has to be asked before the bytes count.
         *
         * @param ended throws unless the encoder has come to a good end
         */
        void take(InputStream made, Ending ended) throws IOException;
    }

    /** The end of an encoder. */
    @FunctionalInterface
    interface Ending {
        void requireGood() throws IOException;
    }

    /**
     * Hands over the header.
     *
     * @param work what the program does with the film, for messages
     */
    FrameSink(String work, Ffmpeg.Running encoder, NutHeader header, Taker taking) throws IOException {
        this.work = work;
        this.encoder = encoder;
        this.in = encoder.in();
        this.taker = Thread.ofPlatform().daemon().name("repsr-encoded").start(() -> take(taking));
        try {
            this.writer = new NutWriter(in, header);
        } catch (IOException e) {
            close();
            throw failure(e);
        }
    }

    private void take(Taker taking) {
        try {
            taking.take(encoder.out(), this::requireGood);
            taken.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            taken.completeExceptionally(e);
            // The frames that still come are not waited for.
            encoder.close();
        }
    }

    private void requireGood() throws IOException {
        int code = encoder.await();
        if (code != 0) {
            throw new IOException("ffmpeg cannot " + work + " the film: " + encoder.complaint());
        }
    }

    void write(NutFrame frame) throws IOException {
        try {
            writer.write(frame);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** All frames are in: waits until what comes out is taken. */
    void finish() throws IOException {
        try {
            in.close();
        } catch (IOException e) {
            throw failure(e);
        }
        await();
    }

    private void await() throws IOException {
        try {
            taken.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        } catch (ExecutionException e) {
            throw Conveyor.rethrown(e.getCause() == null ? e : e.getCause());
        }
    }

    /** A pipe that breaks says nothing; why the program ended does. */
    private IOException failure(IOException broken) {
        try {
            in.close();
        } catch (IOException e) {
            broken.addSuppressed(e);
        }
        try {
            await();
        } catch (IOException e) {
            return e;
        }
        return broken;
    }

    @Override
    public void close() {
        encoder.close();
        taker.interrupt();
    }
}
