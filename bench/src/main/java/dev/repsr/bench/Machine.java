package dev.repsr.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a comparison ran on. */
final class Machine {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private Machine() {}

    /** Model of the processor where the system tells it, else its architecture; and how many of them this JVM uses. */
    static String processor() throws IOException {
        String model = Files.isReadable(CPUINFO) ? model(Files.readAllLines(CPUINFO)) : "";
        return (model.isEmpty() ? System.getProperty("os.arch") : model) + ", "
                + Runtime.getRuntime().availableProcessors() + " logical processors, "
                + FmaPeak.vectorBits() + "-bit vectors in Java";
    }

    /** Version of Java and the options it was started with. */
    static String java() {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return Runtime.version() + " with `" + String.join(" ", options) + "`";
    }

    static String model(List<String> cpuinfo) {
        return cpuinfo.stream()
                .filter(line -> line.startsWith(MODEL) && line.contains(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
