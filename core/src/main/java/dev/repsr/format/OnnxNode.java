package dev.repsr.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A NodeProto.
 *
 * @param operator its type, such as "Conv"
 * @param attributes by name
 */
record OnnxNode(
        String name,
        String operator,
        String domain,
        List<String> inputs,
        List<String> outputs,
        Map<String, Attribute> attributes) {
    private static final int MAX_BLOBS = 16;
    private static final int MAX_ATTRIBUTES = 32;
    private static final int MAX_NUMBERS = 64;

    /**
     * An AttributeProto; what it does not hold is empty, zero or null.
     */
    record Attribute(
            long number,
            float real,
            String text,
            List<Long> numbers,
            List<Float> reals,
            @Nullable OnnxTensor tensor) {}

    static OnnxNode read(Origin origin, ProtobufMessage message) throws ModelRefused {
        String name = "";
        String operator = "";
        String domain = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Attribute> attributes = new HashMap<>();
        while (message.next()) {
            switch (message.field()) {
                case 1 -> inputs.add(message.text());
                case 2 -> outputs.add(message.text());
                case 3 -> name = message.text();
                case 4 -> operator = message.text();
                case 5 -> readAttribute(origin, message.message("an attribute"), attributes);
                case 7 -> domain = message.text();
                default -> {}
            }
            if (inputs.size() > MAX_BLOBS || outputs.size() > MAX_BLOBS || attributes.size() > MAX_ATTRIBUTES) {
                throw origin.foreign("layer " + operator + " " + name + " has more inputs or attributes than any here");
            }
        }
        return new OnnxNode(name, operator, domain, List.copyOf(inputs), List.copyOf(outputs), attributes);
    }

    private static void readAttribute(Origin origin, ProtobufMessage message, Map<String, Attribute> attributes)
            throws ModelRefused {
        String name = "";
        long number = 0;
        float real = 0;
        String text = "";
        List<Long> numbers = new ArrayList<>();
        List<Float> reals = new ArrayList<>();
        OnnxTensor tensor = null;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> name = message.text();
                case 2 -> real = message.real();
                case 3 -> number = message.number();
                case 4 -> text = message.text();
                case 5 -> tensor = OnnxTensor.read(origin, message.message("a tensor"));
                case 7 -> message.reals(reals::add);
                case 8 -> message.numbers(numbers::add);
                default -> {}
            }
            if (numbers.size() > MAX_NUMBERS || reals.size() > MAX_NUMBERS) {
                throw message.damaged("has an attribute of more than " + MAX_NUMBERS + " numbers");
            }
        }
        if (attributes.put(name, new Attribute(number, real, text, numbers, reals, tensor)) != null) {
            throw message.damaged("has the attribute " + name + " twice");
        }
    }

    /** Operator and name for messages. */
    String label() {
        return name.isEmpty() ? operator : operator + " " + name;
    }

    /** Input {@code index}; empty where it is left out. */
    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    long number(String attribute, long otherwise) {
        return Optional.ofNullable(attributes.get(attribute))
                .map(Attribute::number)
                .orElse(otherwise);
    }

    float real(String attribute, float otherwise) {
        return Optional.ofNullable(attributes.get(attribute))
                .map(Attribute::real)
                .orElse(otherwise);
    }

    String text(String attribute, String otherwise) {
        return Optional.ofNullable(attributes.get(attribute))
                .map(Attribute::text)
                .orElse(otherwise);
    }

    List<Long> numbers(String attribute, List<Long> otherwise) {
        return Optional.ofNullable(attributes.get(attribute))
                .map(Attribute::numbers)
                .orElse(otherwise);
    }
}
