package dev.repsr.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickle of a PyTorch state dict: an allow-list of opcodes over a stack of values of the JDK's own types. A
 * pickle can name any function of Python; here the names on {@link PickleFunctions}' list mean something and all others are refused,
 * so nothing is ever loaded, called or opened. Values are {@code String}, {@code Long}, {@code Double}, {@code Boolean},
 * {@code List}, {@code Map}, {@link PickledTensor} and the few types of {@link PickleFunctions}.
 */
final class PickleMachine {
    /** Values that are none of the JDK's. */
    private enum Special {
        NONE,
        MARK
    }

    private static final int MAX_PROTOCOL = 5;

    /** A hundred layers take about ten thousand steps. */
    private static final int MAX_STEPS = 16_384;

    private static final int MAX_STACK = 1024;
    private static final int MAX_LINE = 100;

    private final Section pickle;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final List<Object> memo = new ArrayList<>();
    private boolean stopped;

    private PickleMachine(Section pickle) {
        this.pickle = pickle;
    }

    /**
     * The value that the pickle makes.
     *
     * @throws ModelRefused if it is damaged, or uses an opcode or a name that is not on the list; says which
     */
    static Object load(Section pickle) throws ModelRefused {
        PickleMachine machine = new PickleMachine(pickle);
        for (int steps = 0; !machine.stopped; steps++) {
            if (steps > MAX_STEPS || machine.stack.size() > MAX_STACK) {
                throw pickle.damaged(
                        "is larger than that of any network here (" + MAX_STEPS + " steps, " + MAX_STACK + " values)");
            }
            machine.step(pickle.unsigned8());
        }
        return machine.pop();
    }

    private void step(int opcode) throws ModelRefused {
        switch (opcode) {
            case 0x80 -> protocol();
            case 0x95 -> pickle.int64();
            case '(' -> stack.push(Special.MARK);
            case '.' -> stopped = true;
            case 'N', 0x88, 0x89, 'J', 'K', 'M', 0x8A, 'G', 'X', 0x8C, 'c' -> stack.push(literal(opcode));
            case 0x93 -> stackGlobal();
            case ')', ']' -> stack.push(new ArrayList<>());
            case '}' -> stack.push(new LinkedHashMap<>());
            case 't' -> stack.push(popToMark());
            case 0x85, 0x86, 0x87 -> stack.push(popMany(opcode - 0x84));
            case 'q' -> put(pickle.unsigned8());
            case 'r' -> put(pickle.int32());
            case 0x94 -> put(memo.size());
            case 'h' -> get(pickle.unsigned8());
            case 'j' -> get(pickle.int32());
            case 's' -> setItems(popMany(2));
            case 'u' -> setItems(popToMark());
            case 'a' -> append(popMany(1));
            case 'e' -> append(popToMark());
            case 'b' -> ignoreState();
            case 'Q' -> stack.push(PickleFunctions.storage(pickle, pop()));
            case 'R' -> reduce();
            default -> throw unknown(opcode);
        }
    }

    private ModelRefused unknown(int opcode) {
        String letter = opcode > ' ' && opcode < 0x7F ? " ('" + (char) opcode + "')" : "";
        return pickle.damaged("has the opcode 0x" + Integer.toHexString(opcode) + letter
                + ", which no state dict needs and which is therefore refused");
    }

    private void protocol() throws ModelRefused {
        int version = pickle.unsigned8();
        if (version > MAX_PROTOCOL) {
            throw pickle.damaged("has protocol " + version + ", at most " + MAX_PROTOCOL + " is known");
        }
    }

    private Object literal(int opcode) throws ModelRefused {
        return switch (opcode) {
            case 0x88 -> true;
            case 0x89 -> false;
            case 'J' -> (long) pickle.int32();
            case 'K' -> (long) pickle.unsigned8();
            case 'M' -> (long) pickle.unsigned16();
            case 0x8A -> longNumber(pickle.unsigned8());
            case 'G' -> Double.longBitsToDouble(Long.reverseBytes(pickle.int64()));
            case 'X' -> pickle.text(pickle.int32());
            case 0x8C -> pickle.text(pickle.unsigned8());
            case 'c' -> PickleFunctions.global(pickle, line(), line());
            default -> Special.NONE;
        };
    }

    private Long longNumber(int length) throws ModelRefused {
        if (length > 8) {
            throw pickle.damaged("has a whole number of " + length + " bytes");
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = pickle.unsigned8();
            // The last byte carries the sign.
            value |= (i == length - 1 ? (long) (byte) digit : digit) << (8 * i);
        }
        return value;
    }

    private String line() throws ModelRefused {
        StringBuilder line = new StringBuilder();
        for (int next = pickle.unsigned8(); next != '\n'; next = pickle.unsigned8()) {
            if (next < ' ' || next > '~' || line.length() >= MAX_LINE) {
                throw pickle.damaged("names a function that begins with '" + line + "' and then goes on strangely");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private void stackGlobal() throws ModelRefused {
        List<Object> names = popMany(2);
        if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
            throw pickle.damaged("names a function by something that is no text");
        }
        stack.push(PickleFunctions.global(pickle, module, name));
    }

    private Object pop() throws ModelRefused {
        Object top = stack.poll();
        if (top == null || top == Special.MARK) {
            throw pickle.damaged("takes a value that is not there");
        }
        return top;
    }

    private Object peek() throws ModelRefused {
        Object top = pop();
        stack.push(top);
        return top;
    }

    private List<Object> popMany(int count) throws ModelRefused {
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(pop());
        }
        return values.reversed();
    }

    private List<Object> popToMark() throws ModelRefused {
        List<Object> values = new ArrayList<>();
        while (stack.peek() != Special.MARK) {
            values.add(pop());
        }
        stack.pop();
        return values.reversed();
    }

    /** Writers count up, so an index that leaves a gap is a lie that would take memory. */
    private void put(int index) throws ModelRefused {
        Object value = peek();
        if (index < 0 || index > memo.size()) {
            throw pickle.damaged("remembers a value as number " + index + " of " + memo.size());
        }
        if (index == memo.size()) {
            memo.add(value);
        } else {
            memo.set(index, value);
        }
    }

    private void get(int index) throws ModelRefused {
        if (index < 0 || index >= memo.size()) {
            throw pickle.damaged("asks for value number " + index + " of " + memo.size());
        }
        stack.push(memo.get(index));
    }

    @SuppressWarnings("unchecked")
    private void setItems(List<Object> keysAndValues) throws ModelRefused {
        if (!(peek() instanceof Map<?, ?> dictionary) || keysAndValues.size() % 2 != 0) {
            throw pickle.damaged("puts members into what is no dictionary");
        }
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            // Only these have a hash that cannot be made to run for ever.
            if (!(keysAndValues.get(i) instanceof String) && !(keysAndValues.get(i) instanceof Long)) {
                throw pickle.damaged("has a dictionary whose keys are neither text nor whole numbers");
            }
            ((Map<Object, Object>) dictionary).put(keysAndValues.get(i), keysAndValues.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> values) throws ModelRefused {
        if (!(peek() instanceof List<?> list)) {
            throw pickle.damaged("appends to what is no list");
        }
        ((List<Object>) list).addAll(values);
    }

    /** A state dict carries versions of its modules as an attribute; nothing here needs them. */
    private void ignoreState() throws ModelRefused {
        pop();
        if (!(peek() instanceof Map<?, ?>)) {
            throw pickle.damaged("sets attributes of what is no dictionary");
        }
    }

    private void reduce() throws ModelRefused {
        Object arguments = pop();
        Object function = pop();
        if (!(arguments instanceof List<?> list)) {
            throw pickle.damaged("calls a function without a list of arguments");
        }
        stack.push(PickleFunctions.call(pickle, function, list));
    }
}
