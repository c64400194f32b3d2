package dev.repsr.train.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a report says of the machine that it was made on. */
public final class ThisMachine {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    private ThisMachine() {}

    /** Names and values. */
    public static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Processor", processor());
        facts.put("Cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("Java", Runtime.version() + ", " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB of memory");
        return facts;
    }

    private static String processor() {
        String architecture = System.getProperty("os.arch");
        if (!Files.isReadable(CPUINFO)) {
            return architecture;
        }
        try {
            return Files.readAllLines(CPUINFO, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", " + architecture)
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            return architecture;
        }
    }
}
