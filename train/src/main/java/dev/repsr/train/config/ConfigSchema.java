package dev.repsr.train.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of a configuration and their types, as the components of {@link TrainConfig} and its records give them. */
final class ConfigSchema {
    /** Keys and sections that do not change what a run computes; an engine changes its bits, and may take over from another. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "name",
            "output",
            "data.train",
            "data.lr",
            "data.memory_mib",
            "validation",
            "checkpoint",
            "start",
            "engine",
            "model");

    /** The one path that is a file, and may be missing. */
    private static final String START = "start.from";

    /** Keys that older configurations do not have; unless they say something else, the text is what it was without them. */
    private static final Map<String, String> LATER = Map.ofEntries(
            Map.entry("data.degradation", "BICUBIC"),
            Map.entry("network.sequence", "3-1"),
            Map.entry("network.residual", "true"),
            Map.entry("network.ends", "false"),
            Map.entry("network.base", "false"),
            Map.entry("photo.sound", "0.0"),
            Map.entry("photo.spared", "0.0"),
            Map.entry("optimiser.milestones", "[]"),
            Map.entry("optimiser.factor", "0.5"),
            Map.entry("optimiser.algorithm", "ADAM"),
            Map.entry("optimiser.weight_decay", "0.0"),
            Map.entry("optimiser.clip", "0.0"),
            Map.entry("optimiser.accumulate", "1"),
            Map.entry("optimiser.fft_weight", "0.0"),
            Map.entry("optimiser.colours", "RGB"),
            Map.entry("optimiser.colours_share", "1.0"),
            Map.entry("bn.mode", "FROZEN"),
            Map.entry("bn.form", "MERGED"),
            Map.entry("bn.fold", "true"),
            Map.entry("precision", "FP32"),
            Map.entry("device", "CPU"));

    /** The section that has no effect while the key before it keeps its old value. */
    private static final String PHOTO = "photo";

    private static final Map<String, Type> VALUES = new LinkedHashMap<>();
    private static final Set<String> SECTIONS = new LinkedHashSet<>();

    static {
        collect("", TrainConfig.class);
    }

    private ConfigSchema() {}

    private static void collect(String prefix, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String key = prefix + keyOf(component);
            if (component.getType().isRecord()) {
                SECTIONS.add(key);
                collect(key + ".", component.getType());
            } else {
                VALUES.put(key, component.getGenericType());
            }
        }
    }

    private static String keyOf(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    static boolean isSection(String key) {
        return SECTIONS.contains(key);
    }

    static boolean isValue(String key) {
        return VALUES.containsKey(key);
    }

    static Set<String> valueKeys() {
        return VALUES.keySet();
    }

    /** Whether the value is a path or a list of paths. */
    static boolean isPath(String key) {
        Type type = VALUES.get(key);
        return type == Path.class || isListOf(type, Path.class);
    }

    /** Whether the value is a list. */
    static boolean isList(String key) {
        return VALUES.get(key) instanceof ParameterizedType;
    }

    /** Whether this text stands for no path at all. */
    static boolean isNoPath(String key, String text) {
        return key.equals(START) && text.equals(TrainConfig.Start.NONE);
    }

    private static boolean isListOf(@Nullable Type type, Type element) {
        return type instanceof ParameterizedType list && list.getActualTypeArguments()[0].equals(element);
    }

    static boolean isText(String key) {
        return VALUES.get(key) == String.class;
    }

    /** What a value of this key must be, in words. */
    static String expected(String key) {
        Type type = VALUES.get(key);
        if (type == int.class || type == long.class) {
            return "a whole number";
        } else if (type == double.class) {
            return "a number";
        } else if (type == boolean.class) {
            return "true or false";
        } else if (key.equals(START)) {
            return "a model file, a built-in model or " + TrainConfig.Start.NONE;
        } else if (type == Path.class) {
            return "a folder";
        } else if (type == String.class) {
            return "text";
        } else if (type instanceof Class<?> kind && kind.isEnum()) {
            return Arrays.stream(kind.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
        }
        return isListOf(type, Path.class) ? "a list of folders" : "a list of whole numbers";
    }

    /** The whole numbers that a key of whole numbers can hold at all, in words. */
    static String wholeNumbers(String key) {
        return VALUES.get(key) == int.class
                ? Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
                : Long.MIN_VALUE + " to " + Long.MAX_VALUE;
    }

    /** The allowed key or section nearest to {@code key}, or nothing where none is near enough to be meant. */
    static Optional<String> nearest(String key) {
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (Set<String> keys : List.of(SECTIONS, VALUES.keySet())) {
            for (String candidate : keys) {
                // The wrong section counts as one wrong letter.
                int distance =
                        Math.min(levenshtein(key, candidate), 1 + levenshtein(lastPart(key), lastPart(candidate)));
                if (distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        int limit = Math.max(1, lastPart(key).length() / 3);
        return bestDistance <= limit ? Optional.of(best) : Optional.empty();
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** Number of letters to insert, delete or replace to turn one text into the other. */
    static int levenshtein(String from, String to) {
        int[] previous = new int[to.length() + 1];
        Arrays.setAll(previous, j -> j);
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }

    static String canonicalText(TrainConfig config) {
        StringBuilder text = new StringBuilder();
        append(text, "", config);
        return text.toString();
    }

    private static void append(StringBuilder text, String prefix, Record values) {
        for (RecordComponent component : values.getClass().getRecordComponents()) {
            String key = prefix + keyOf(component);
            Object value = valueOf(component, values);
            boolean idle = key.equals(PHOTO)
                    && values instanceof TrainConfig config
                    && config.data().degradation() != TrainConfig.Degradation.PHOTO;
            if (idle || WITHOUT_EFFECT.contains(key) || value.toString().equals(LATER.get(key))) {
                continue;
            }
            if (value instanceof Record section) {
                append(text, key + ".", section);
            } else {
                text.append(key).append('=').append(value).append('\n');
            }
        }
    }

    private static Object valueOf(RecordComponent component, Record values) {
        try {
            return component.getAccessor().invoke(values);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("accessor of " + component, e);
        }
    }
}
