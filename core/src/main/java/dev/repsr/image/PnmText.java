package dev.repsr.image;

import java.nio.charset.StandardCharsets;

/** Words and numbers between blanks; what follows a # is a remark up to the end of the line. */
final class PnmText {
    private static final int MAX_DIGITS = 9;

    private final byte[] file;
    private final int end;
    private int at;

    PnmText(byte[] file, int from, int end) {
        this.file = file;
        this.at = from;
        this.end = end;
    }

    /** Position behind what was read last. */
    int position() {
        return at;
    }

    /** The next whole number, or -1. */
    int number() {
        skip();
        int value = 0;
        int start = at;
        while (at < end && at - start < MAX_DIGITS && file[at] >= '0' && file[at] <= '9') {
            value = value * 10 + file[at] - '0';
            at++;
        }
        return at == start ? -1 : value;
    }

    /** The next digit, which need not stand apart, or -1. */
    int digit() {
        skip();
        return at < end && file[at] >= '0' && file[at] <= '9' ? file[at++] - '0' : -1;
    }

    /** The next word, or an empty one at the end. */
    String word() {
        skip();
        int start = at;
        while (at < end && !isBlank(file[at])) {
            at++;
        }
        return new String(file, start, at - start, StandardCharsets.US_ASCII);
    }

    private void skip() {
        while (at < end && (isBlank(file[at]) || file[at] == '#')) {
            if (file[at] == '#') {
                while (at < end && file[at] != '\n') {
                    at++;
                }
            } else {
                at++;
            }
        }
    }

    private static boolean isBlank(byte letter) {
        return letter == ' ' || (letter >= '\t' && letter <= '\r');
    }
}
