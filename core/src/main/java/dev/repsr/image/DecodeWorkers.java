package dev.repsr.image;

import dev.repsr.io.ClassPath;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Processes that decode pictures, each one picture at a time. A thread in a decoder that hangs, perhaps in native code, cannot
 * be ended; a process can. A worker whose picture was done in time is kept for the next one.
 */
final class DecodeWorkers {
    private static final int MOST_IDLE = 4;
    private static final DecodeWorkers SHARED = new DecodeWorkers(command(DecodeWorker.class.getName()));

    private final List<String> command;
    private final Deque<Worker> idle = new ArrayDeque<>();

    /** @param command starts a worker */
    DecodeWorkers(List<String> command) {
        this.command = List.copyOf(command);
    }

    static DecodeWorkers shared() {
        return SHARED;
    }

    /** The command that starts this Java, with all its classes, to run one of them. */
    static List<String> command(String mainClass) {
        String java =
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        return List.of(
                java,
                "-Xmx" + Runtime.getRuntime().maxMemory(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                ClassPath.own(),
                mainClass);
    }

    /**
     * Decodes in a worker. When the time is over, the worker is ended.
     *
     * @param warnings gets what the decoder complains about
     * @throws ImageRefused what the decoder's border made of its failure, or that it took too long
     */
    Picture decode(
            String name, ImageType type, byte[] file, ImageLimits limits, Deadline deadline, List<String> warnings)
            throws IOException {
        Worker worker = take();
        Thread guard = Thread.ofVirtual().name("decode deadline").unstarted(() -> endAfter(worker, deadline));
        guard.start();
        boolean sound = false;
        try {
            worker.request(name, type, file, limits);
            Picture picture = worker.answer(warnings);
            sound = true;
            return picture;
        } catch (ImageRefused e) {
            sound = true;
            throw e;
        } catch (IOException e) {
            deadline.check(name);
            throw new ImageRefused(
                    ImageRefused.Reason.DAMAGED, name + " is damaged and cannot be read (its decoder broke down)", e);
        } finally {
            guard.interrupt();
            join(guard);
            giveBack(worker, sound);
        }
    }

    private static void endAfter(Worker worker, Deadline deadline) {
        try {
            TimeUnit.NANOSECONDS.sleep(deadline.nanosLeft());
            worker.end();
        } catch (InterruptedException e) {
            // The picture is done: the guard ends.
            return;
        }
    }

    private static void join(Thread guard) {
        boolean interrupted = false;
        while (guard.isAlive()) {
            try {
                guard.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Worker take() throws IOException {
        synchronized (idle) {
            @Nullable Worker kept = idle.pollFirst();
            while (kept != null) {
                if (kept.process.isAlive()) {
                    return kept;
                }
                kept = idle.pollFirst();
            }
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Worker(process);
    }

    private void giveBack(Worker worker, boolean sound) {
        synchronized (idle) {
            if (sound && worker.process.isAlive() && idle.size() < MOST_IDLE) {
                idle.addFirst(worker);
                return;
            }
        }
        worker.end();
    }

    /** Ends the workers that wait. */
    void close() {
        synchronized (idle) {
            idle.forEach(Worker::end);
            idle.clear();
        }
    }

    private static final class Worker {
        private final Process process;
        private final DataOutputStream out;
        private final DataInputStream in;

        Worker(Process process) {
            this.process = process;
            this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
            this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
        }

        void request(String name, ImageType type, byte[] file, ImageLimits limits) throws IOException {
            out.writeUTF(name.substring(0, Math.min(name.length(), 10_000)));
            out.writeUTF(type.name());
            out.writeLong(limits.maxInputPixels());
            out.writeLong(limits.maxOutputPixels());
            out.writeLong(limits.maxBytes());
            out.writeInt(file.length);
            out.write(file);
            out.flush();
        }

        Picture answer(List<String> warnings) throws IOException {
            if (!in.readBoolean()) {
                throw new ImageRefused(ImageRefused.Reason.valueOf(in.readUTF()), in.readUTF());
            }
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                warnings.add(in.readUTF());
            }
            return Picture.readFrom(in);
        }

        void end() {
            process.destroyForcibly();
        }
    }
}
