package dev.repsr.app;

import java.io.PrintStream;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Prints results as JSON, one object a line. The only class that needs the JSON library, so that it loads on demand. */
final class JsonLines {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonLines() {}

    /** Prints the members in their order and flushes the line. */
    static void print(PrintStream out, Map<String, ?> members) {
        out.println(MAPPER.writeValueAsString(members));
        out.flush();
    }

    /** The members in their order, on lines of their own. */
    static String pretty(Map<String, ?> members) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(members);
    }

    /** The value of a JSON text, as maps, lists, strings, numbers and booleans. */
    static Object parse(String json) {
        return MAPPER.readValue(json, Object.class);
    }
}
