package dev.repsr.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Size of a compact network. */
record NetworkSize(int body, int channels) {
    private static final Pattern TEXT = Pattern.compile("[mM](\\d{1,3})[cC](\\d{1,3})");

    /**
     * From "m4c16" or "M4C16".
     *
     * @throws IllegalArgumentException that says what is expected
     */
    static NetworkSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) == 0) {
            throw new IllegalArgumentException("a network such as m4c16 is expected, not " + text);
        }
        return new NetworkSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public String toString() {
        return "M" + body + "C" + channels;
    }
}
