package dev.repsr.server.http;

import dev.repsr.server.work.Refusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done for a method and a path.
 *
 * @param path as OpenAPI writes it: {@code /api/jobs/{id}}
 * @param open whether it is answered without the token
 */
record Route(String method, String path, boolean open, Action action) {
    /** Answers a request. */
    @FunctionalInterface
    interface Action {
        void answer(Exchange exchange) throws Refusal, IOException, InterruptedException;
    }

    /** What stands in the places of the path that have names; empty if this is another path. */
    Optional<Map<String, String>> match(String asked) {
        List<String> pattern = parts(path);
        List<String> given = parts(asked);
        if (pattern.size() != given.size()) {
            return Optional.empty();
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String part = pattern.get(i);
            if (part.startsWith("{")) {
                names.put(part.substring(1, part.length() - 1), given.get(i));
            } else if (!part.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }

    /** HEAD is asked of what GET gives. */
    boolean takes(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }

    private static List<String> parts(String path) {
        return Arrays.asList(path.split("/", -1));
    }
}
