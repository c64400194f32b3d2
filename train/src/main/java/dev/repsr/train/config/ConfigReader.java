package dev.repsr.train.config;

import dev.repsr.train.config.ConfigRefused.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a configuration: defaults below the file's values below the overrides, then bound to the records. */
final class ConfigReader {
    private static final int MAX_BYTES = 1 << 20;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private ConfigReader() {}

    static TrainConfig read(Path file, List<String> overrides) throws ConfigRefused {
        ConfigValues values = new ConfigValues();
        String name = String.valueOf(file.getFileName());
        values.readYaml(textOf(file, name), line -> line < 1 ? name : name + ", line " + line);
        Path folder = file.toAbsolutePath().normalize().getParent();
        resolvePaths(values, folder == null ? file.toAbsolutePath() : folder);

        ConfigValues set = new ConfigValues();
        for (String override : overrides) {
            readOverride(override, set);
        }
        resolvePaths(set, Path.of("").toAbsolutePath());
        values.replaceBy(set);

        ConfigValues defaults = new ConfigValues();
        defaults.readYaml(defaultsText(), line -> name + ", by default");
        values.complete(defaults);
        requireAll(values, name);
        return bind(values, name);
    }

    private static String textOf(Path file, String name) throws ConfigRefused {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new ConfigRefused(Kind.DATA, file + ": there is no such configuration file", e);
        } catch (IOException e) {
            throw new ConfigRefused(Kind.DATA, file + ": cannot be read (" + e.getMessage() + ")", e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new ConfigRefused(Kind.USAGE, name + ": more than 1 MiB; a configuration is a small YAML file");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigRefused(Kind.USAGE, name + ": not a text file in UTF-8", e);
        }
    }

    private static String defaultsText() {
        try (InputStream in = ConfigReader.class.getResourceAsStream("defaults.yaml")) {
            if (in == null) {
                throw new IllegalStateException("defaults.yaml is missing beside " + ConfigReader.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("defaults.yaml", e);
        }
    }

    private static void readOverride(String override, ConfigValues set) throws ConfigRefused {
        String origin = "--set " + override.lines().findFirst().orElse("");
        int equals = override.indexOf('=');
        if (equals < 1) {
            throw new ConfigRefused(Kind.USAGE, origin + ": must be key=value, as in optimiser.iterations=1000");
        }
        String key = override.substring(0, equals).strip();
        if (ConfigSchema.isSection(key)) {
            throw new ConfigRefused(Kind.USAGE, origin + ": '" + key + "' is a section; set one of its keys");
        }
        if (!ConfigSchema.isValue(key)) {
            throw ConfigValues.unknown(key, origin);
        }
        ConfigValues one = new ConfigValues();
        one.readYaml(yaml(key, override.substring(equals + 1)), line -> origin);
        if (one.entries().size() != 1) {
            throw new ConfigRefused(Kind.USAGE, origin + ": must set this one key; repeat --set for others");
        }
        set.replaceBy(one);
    }

    /** The same as a file would say it, so that files and overrides are read by the same rules. */
    private static String yaml(String key, String value) {
        int dot = key.indexOf('.');
        String line = key.substring(dot + 1) + ": " + value;
        return dot < 0 ? line : key.substring(0, dot) + ":\n  " + line;
    }

    private static void resolvePaths(ConfigValues values, Path base) throws ConfigRefused {
        for (Map.Entry<String, ConfigValues.Value> entry : values.entries()) {
            if (ConfigSchema.isPath(entry.getKey())) {
                ConfigValues.Value value = entry.getValue();
                if (value.node().isArray() && !ConfigSchema.isList(entry.getKey())) {
                    throw wrongType(entry.getKey(), value.node(), value.origin());
                }
                entry.setValue(value.withNode(resolve(value.node(), base, entry.getKey(), value.origin())));
            }
        }
    }

    private static JsonNode resolve(JsonNode node, Path base, String key, String origin) throws ConfigRefused {
        if (node.isArray()) {
            ArrayNode resolved = NODES.arrayNode();
            for (JsonNode element : node) {
                resolved.add(resolve(element, base, key, origin));
            }
            return resolved;
        }
        String text = node.isString() ? node.asString() : "";
        if (text.isBlank()) {
            throw wrongType(key, node, origin);
        }
        if (ConfigSchema.isNoPath(key, text)) {
            return node;
        }
        try {
            return NODES.stringNode(base.resolve(text).normalize().toString());
        } catch (InvalidPathException e) {
            throw new ConfigRefused(Kind.USAGE, origin + ": " + key + " is not a path (" + e.getReason() + ")", e);
        }
    }

    private static void requireAll(ConfigValues values, String file) throws ConfigRefused {
        for (String key : ConfigSchema.valueKeys()) {
            ConfigValues.Value value = values.get(key);
            if (value == null && !key.equals("output")) {
                String hint = key.equals("data.train") ? " (folders of pictures)" : "";
                throw new ConfigRefused(Kind.USAGE, file + ": '" + key + "'" + hint + " is required and missing");
            }
            if (value != null && value.node().isNull()) {
                throw wrongType(key, value.node(), value.origin());
            }
        }
    }

    private static TrainConfig bind(ConfigValues values, String file) throws ConfigRefused {
        ObjectNode tree = NODES.objectNode();
        for (Map.Entry<String, ConfigValues.Value> entry : values.entries()) {
            String key = entry.getKey();
            if (entry.getValue().node().isBoolean() && ConfigSchema.isText(key)) {
                throw wrongType(key, entry.getValue().node(), entry.getValue().origin());
            }
            int dot = key.indexOf('.');
            ObjectNode section = dot < 0 ? tree : tree.withObjectProperty(key.substring(0, dot));
            section.set(key.substring(dot + 1), bindable(key, entry.getValue().node()));
        }
        if (values.get("output") == null) {
            tree.put("output", Path.of("runs", tree.path("name").asString()).toString());
        }
        try {
            return MAPPER.treeToValue(tree, TrainConfig.class);
        } catch (JacksonException e) {
            throw refused(e, values, file);
        }
    }

    /** A single value may stand for a list of one. */
    private static JsonNode bindable(String key, JsonNode node) {
        boolean single = ConfigSchema.isList(key) && !node.isArray();
        return single ? NODES.arrayNode().add(node) : node;
    }

    private static ConfigRefused refused(JacksonException e, ConfigValues values, String file) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ValueRefused value) {
                String origin = originOf(values.get(value.key()), file);
                return new ConfigRefused(Kind.USAGE, origin + ": " + value.getMessage(), e);
            }
        }
        StringBuilder key = new StringBuilder();
        for (JacksonException.Reference reference : e.getPath()) {
            if (reference.getPropertyName() != null) {
                key.append(key.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        ConfigValues.@Nullable Value value = values.get(key.toString());
        if (value == null) {
            return new ConfigRefused(Kind.USAGE, file + ": " + e.getOriginalMessage(), e);
        }
        return wrongType(key.toString(), value.node(), value.origin());
    }

    private static ConfigRefused wrongType(String key, JsonNode node, String origin) {
        String expected = ConfigSchema.expected(key);
        if (node.isIntegralNumber() && expected.equals("a whole number")) {
            expected += " from " + ConfigSchema.wholeNumbers(key);
        }
        String shown = node.isNull() ? "empty" : node.isString() ? "'" + node.asString() + "'" : node.toString();
        return new ConfigRefused(Kind.USAGE, origin + ": " + key + " is " + shown + "; it must be " + expected);
    }

    private static String originOf(ConfigValues.@Nullable Value value, String file) {
        return value == null ? file : value.origin();
    }
}
