package dev.repsr.app;

import java.io.PrintStream;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Prints results as JSON, one object a line. The only class that needs the JSON library, so that it loads on demand. */
final class JsonLines {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(new FiniteNumber<>(Double.class))
                    .addSerializer(new FiniteNumber<>(Float.class)))
            .build();

    private JsonLines() {}

    /** Prints the members in their order and flushes the line. */
    static void print(PrintStream out, Map<String, ?> members) {
        out.println(text(members));
        out.flush();
    }

    /** The members in their order, on one line. */
    static String text(Map<String, ?> members) {
        return MAPPER.writeValueAsString(members);
    }

    /** The members in their order, on lines of their own. */
    static String pretty(Map<String, ?> members) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(members);
    }

    /** JSON has no word for infinity or for what is no number: null stands for them. */
    private static final class FiniteNumber<T extends Number> extends StdSerializer<T> {
        FiniteNumber(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            if (!Double.isFinite(value.doubleValue())) {
                out.writeNull();
            } else if (value instanceof Float) {
                out.writeNumber(value.floatValue());
            } else {
                out.writeNumber(value.doubleValue());
            }
        }
    }

    /** The value of a JSON text, as maps, lists, strings, numbers and booleans. */
    static Object parse(String json) {
        return MAPPER.readValue(json, Object.class);
    }
}
