package dev.repsr.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * One line of an ncnn .param file: {@code type name inputs outputs blobs... key=value...}.
 *
 * @param parameters by number; an array {@code -233NN=count,a,b} is its text under {@code -233NN}
 */
record NcnnLayer(String type, String name, List<String> inputs, List<String> outputs, Map<Integer, String> parameters) {
    private static final int MAX_BLOBS = 16;
    private static final int MAX_PARAMETERS = 64;
    private static final int MAX_WORDS = 4 + 2 * MAX_BLOBS + MAX_PARAMETERS;
    private static final int MAX_QUOTE = 80;

    static NcnnLayer parse(Origin origin, String line) throws ModelRefused {
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(line);
        while (tokens.hasMoreTokens() && words.size() <= MAX_WORDS) {
            words.add(tokens.nextToken());
        }
        if (words.size() < 4) {
            throw origin.damaged("a damaged file: the line '" + shortened(line) + "' is no layer");
        }
        int inputs = count(origin, line, words.get(2));
        int outputs = count(origin, line, words.get(3));
        int parameters = 4 + inputs + outputs;
        if (words.size() < parameters || words.size() > parameters + MAX_PARAMETERS) {
            throw origin.damaged("a damaged file: the line '" + shortened(line) + "' names too few blobs");
        }
        Map<Integer, String> values = new HashMap<>();
        for (String word : words.subList(parameters, words.size())) {
            int equals = word.indexOf('=');
            String key = word.substring(0, Math.max(equals, 0));
            if (values.put(number(origin, line, key), word.substring(equals + 1)) != null) {
                throw origin.damaged("a damaged file: the line '" + shortened(line) + "' has a parameter twice");
            }
        }
        return new NcnnLayer(
                words.get(0),
                words.get(1),
                List.copyOf(words.subList(4, 4 + inputs)),
                List.copyOf(words.subList(4 + inputs, parameters)),
                values);
    }

    private static int count(Origin origin, String line, String word) throws ModelRefused {
        int count = number(origin, line, word);
        if (count < 0 || count > MAX_BLOBS) {
            throw origin.damaged("a damaged file: the line '" + shortened(line) + "' has " + count + " blobs");
        }
        return count;
    }

    private static int number(Origin origin, String line, String word) throws ModelRefused {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw origin.damaged("a damaged file: '" + shortened(word) + "' in the line '" + shortened(line)
                    + "' is no whole number");
        }
    }

    private static String shortened(String text) {
        return (text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "...").strip();
    }

    /** Type and name for messages. */
    String label() {
        return type + " " + name;
    }

    /** The whole number with that key; writers print some as 4.000000e+00. */
    int whole(Origin origin, int key, int otherwise) throws ModelRefused {
        double value = real(origin, key, otherwise);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw origin.foreign("layer " + label() + " has the parameter " + key + "=" + value);
        }
        return (int) value;
    }

    /** The number with that key. */
    double real(Origin origin, int key, double otherwise) throws ModelRefused {
        String text = parameters.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw origin.damaged(
                    "a damaged file: layer " + label() + " has the parameter " + key + "=" + shortened(text));
        }
    }

    /** Refuses parameters that mean something that is not read here. */
    void allow(Origin origin, Set<Integer> known) throws ModelRefused {
        for (Map.Entry<Integer, String> parameter : parameters.entrySet()) {
            if (!known.contains(parameter.getKey())) {
                throw origin.foreign("layer " + label() + " has the parameter " + parameter.getKey() + "="
                        + shortened(parameter.getValue()));
            }
        }
    }
}
