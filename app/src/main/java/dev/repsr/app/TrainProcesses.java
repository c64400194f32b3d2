package dev.repsr.app;

import dev.repsr.train.torch.Ranks;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The processes of one training on this machine: this program once for each rank. Only the one of rank 0 prints; when one
 * fails, all end.
 */
final class TrainProcesses {
    /** Tells a process that it is to end with the one that started it. */
    static final String STARTED_BY = "REPSR_STARTED_BY";

    private final Console console;
    private final List<Process> processes = new ArrayList<>();

    TrainProcesses(Console console) {
        this.console = console;
    }

    /**
     * Runs them to the end.
     *
     * @param count how many, at least 2
     * @param arguments of the program in each of them
     * @return 0, or the exit code of the first one that did not end well
     */
    int run(int count, List<String> arguments) throws IOException, InterruptedException {
        Runnable interrupt = console.stopSignal().replace(this::endAll);
        try {
            int port = freePort();
            for (int rank = 0; rank < count; rank++) {
                Ranks ranks =
                        new Ranks(rank, count, InetAddress.getLoopbackAddress().getHostAddress(), port);
                processes.add(start(ranks, arguments));
            }
            return firstFailure();
        } finally {
            endAll();
            console.stopSignal().replace(interrupt);
        }
    }

    private static Process start(Ranks ranks, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Redirect.from(nothing()))
                .redirectOutput(ranks.isFirst() ? Redirect.INHERIT : Redirect.DISCARD)
                .redirectError(Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.putAll(ranks.environment());
        environment.put(STARTED_BY, Long.toString(ProcessHandle.current().pid()));
        // The command above holds its options already.
        environment.remove("JDK_JAVA_OPTIONS");
        return builder.start();
    }

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
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

    /** Asks each to save its state and end. */
    private void endAll() {
        processes.forEach(Process::destroy);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends this process, as a signal would, when the one that started it has gone. */
    static void endWithParent(Map<String, String> environment, Runnable stop) {
        String parent = environment.get(STARTED_BY);
        if (parent != null) {
            ProcessHandle.of(Long.parseLong(parent))
                    .ifPresentOrElse(handle -> handle.onExit().thenRun(stop), stop);
        }
    }
}
