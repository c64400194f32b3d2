package dev.repsr.train.config;

import dev.repsr.train.config.ConfigRefused.Kind;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Dotted keys with their values and where each stands. Only keys of the schema get in. */
final class ConfigValues {
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,39})");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)(\\.[0-9]*)?([eE][-+]?[0-9]+)?");

    /**
     * A scalar, or a list of scalars.
     *
     * @param origin where it stands, for messages
     */
    record Value(JsonNode node, String origin) {
        Value withNode(JsonNode other) {
            return new Value(other, origin);
        }
    }

    private final Map<String, Value> values = new LinkedHashMap<>();

    @Nullable
    Value get(String key) {
        return values.get(key);
    }

    Set<Map.Entry<String, Value>> entries() {
        return values.entrySet();
    }

    void replaceBy(ConfigValues others) {
        values.putAll(others.values);
    }

    void complete(ConfigValues defaults) {
        defaults.values.forEach(values::putIfAbsent);
    }

    /** @param origin what a message says of a line, lines from 1, 0 for the whole text */
    void readYaml(String text, IntFunction<String> origin) throws ConfigRefused {
        try (YAMLParser parser = (YAMLParser) YAML.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first != null && first != JsonToken.START_OBJECT && first != JsonToken.VALUE_NULL) {
                throw refused(origin.apply(lineOf(parser)) + ": a configuration is made of lines 'key: value'");
            }
            if (first == JsonToken.START_OBJECT) {
                readSection(parser, "", origin);
                if (parser.nextToken() != null) {
                    throw refused(origin.apply(lineOf(parser)) + ": a second YAML document; one file is one run");
                }
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            String reason = firstLine(e.getOriginalMessage());
            throw new ConfigRefused(Kind.USAGE, origin.apply(line) + ": not valid YAML (" + reason + ")", e);
        }
    }

    private void readSection(YAMLParser parser, String prefix, IntFunction<String> origin) throws ConfigRefused {
        Map<String, Integer> lines = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = prefix + parser.currentName();
            int line = lineOf(parser);
            String where = origin.apply(line);
            Integer before = lines.putIfAbsent(key, line);
            if (before != null) {
                throw refused("%s: '%s' stands there twice, first in line %d".formatted(where, key, before));
            }
            JsonToken token = parser.nextToken();
            if (!ConfigSchema.isSection(key) && !ConfigSchema.isValue(key)) {
                throw unknown(key, where);
            }
            if (parser.isCurrentAlias()) {
                throw alias(key, where);
            }
            if (ConfigSchema.isSection(key)) {
                if (token == JsonToken.START_OBJECT) {
                    readSection(parser, key + ".", origin);
                } else if (token != JsonToken.VALUE_NULL) {
                    throw refused(where + ": '" + key + "' is a section; its keys go indented below it");
                }
            } else {
                values.put(key, new Value(readValue(parser, key, where), where));
            }
        }
    }

    static ConfigRefused unknown(String key, String where) {
        String meant = ConfigSchema.nearest(key)
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse("");
        return refused(where + ": unknown key '" + key + "'" + meant);
    }

    private static JsonNode readValue(YAMLParser parser, String key, String where) throws ConfigRefused {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return scalar(parser, key, where);
        }
        ArrayNode list = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(scalar(parser, key, where));
        }
        return list;
    }

    private static JsonNode scalar(YAMLParser parser, String key, String where) throws ConfigRefused {
        if (parser.isCurrentAlias()) {
            throw alias(key, where);
        }
        JsonToken token = Objects.requireNonNullElse(parser.currentToken(), JsonToken.NOT_AVAILABLE);
        return switch (token) {
            // YAML's short form of null; the parser takes it for text.
            case VALUE_STRING ->
                parser.getString().equals("~") ? NODES.nullNode() : NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString(), key);
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            case VALUE_NULL -> NODES.nullNode();
            default ->
                throw refused(
                        where + ": " + key + " has keys or lists inside; it must be " + ConfigSchema.expected(key));
        };
    }

    /** A number as it is written: a folder 2024.10 keeps its zero, and what is octal to some readers is no number. */
    private static JsonNode number(String text, String key) {
        if (ConfigSchema.isText(key) || ConfigSchema.isPath(key)) {
            return NODES.stringNode(text);
        } else if (WHOLE.matcher(text).matches()) {
            return NODES.numberNode(new BigInteger(text));
        } else if (DECIMAL.matcher(text).matches()) {
            return NODES.numberNode(Double.parseDouble(text));
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case ".nan" -> NODES.numberNode(Double.NaN);
            case ".inf", "+.inf" -> NODES.numberNode(Double.POSITIVE_INFINITY);
            case "-.inf" -> NODES.numberNode(Double.NEGATIVE_INFINITY);
            default -> NODES.stringNode(text);
        };
    }

    private static ConfigRefused alias(String key, String where) {
        return refused(where + ": " + key + " is a YAML alias, which is not read here; write the value out");
    }

    private static ConfigRefused refused(String message) {
        return new ConfigRefused(Kind.USAGE, message);
    }

    private static int lineOf(YAMLParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "no reason given"
                : message.lines().findFirst().orElse("").strip();
    }
}
