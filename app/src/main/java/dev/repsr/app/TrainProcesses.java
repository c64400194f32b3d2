package dev.repsr.app;

import dev.repsr.io.ClassPath;
import dev.repsr.train.engine.Ranks;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The processes of one training on this machine: this program once for each rank. The first prints; when one fails, all end.
 */
final class TrainProcesses {
    /** Tells a process which one has started it, to end with it. */
    private static final String STARTED_BY = "REPSR_STARTED_BY";

    /** For the first process to save its state when another has failed; it may wait for that one without end. */
    private static final int PATIENCE_SECONDS = 10;

    private final Console console;
    private final List<Process> processes = new ArrayList<>();

    TrainProcesses(Console console) {
        this.console = console;
    }

    /** Whether this process has been started as one of several. */
    static boolean isOne(Map<String, String> environment) {
        return environment.containsKey(STARTED_BY);
    }

    /** The places of some processes that meet on this machine. */
    static List<Ranks> ranks(int count) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, here)) {
            port = socket.getLocalPort();
        }
        List<Ranks> ranks = new ArrayList<>();
        for (int rank = 0; rank < count; rank++) {
            ranks.add(new Ranks(rank, count, here.getHostAddress(), port));
        }
        return ranks;
    }

    /**
     * Runs them to the end.
     *
     * @param arguments of the program in each of them
     * @return 0, or the exit code of the first one that did not end well
     */
    int run(List<Ranks> ranks, List<String> arguments) throws IOException, InterruptedException {
        Runnable interrupt = console.stopSignal().replace(() -> processes.forEach(Process::destroy));
        try {
            for (Ranks each : ranks) {
                processes.add(start(each, arguments));
            }
            return firstFailure();
        } finally {
            processes.forEach(Process::destroyForcibly);
            console.stopSignal().replace(interrupt);
        }
    }

    private static Process start(Ranks ranks, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", ClassPath.own(), Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Redirect.from(nothing()))
                .redirectOutput(ranks.isFirst() ? Redirect.INHERIT : Redirect.DISCARD)
                .redirectError(Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.putAll(ranks.environment());
        environment.put(STARTED_BY, Long.toString(ProcessHandle.current().pid()));
        RealStandardError.leaveFiltered(environment);
        // The command above holds its options already.
        environment.remove("JDK_JAVA_OPTIONS");
        return builder.start();
    }

    private static File nothing() {
        return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
    }

    private int firstFailure() throws InterruptedException {
        CompletableFuture<Integer> failure = new CompletableFuture<>();
        CompletableFuture<?>[] ends = processes.stream()
                .map(process -> process.onExit().thenAccept(ended -> {
                    if (ended.exitValue() != ExitCode.OK && failure.complete(ended.exitValue())) {
                        endAll();
                    }
                }))
                .toArray(CompletableFuture<?>[]::new);
        for (Process process : processes) {
            process.waitFor();
        }
        CompletableFuture.allOf(ends).join();
        return failure.getNow(ExitCode.OK);
    }

    private void endAll() {
        processes.forEach(Process::destroy);
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .execute(() -> processes.forEach(Process::destroyForcibly));
    }

    /** Ends this process, as a signal would, when the one that started it has gone. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for the end of another process
    static void endWithParent(Map<String, String> environment, Runnable stop) {
        if (!isOne(environment)) {
            return;
        }
        Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(environment.getOrDefault(STARTED_BY, "0")));
        if (parent.isEmpty()) {
            stop.run();
            return;
        }
        parent.get().onExit().thenRun(stop);
    }
}
