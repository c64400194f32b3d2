package dev.repsr.bench;

import java.awt.geom.Path2D;
import java.util.Map;

/**
 * Capital letters and digits of straight strokes, so that drawings carry text wherever they are made: a system's fonts differ, and a
 * machine without a screen may have none. A letter lies on a grid of 4 columns and 6 rows; a stroke is a row of points, two digits
 * each (column, row), and strokes are separated by spaces.
 */
final class StrokeFont {
    /** Columns from one letter to the next. */
    static final double ADVANCE = 5.2;

    /** Rows of a letter. */
    static final double HEIGHT = 6;

    private static final Map<Character, String> STROKES = Map.ofEntries(
            Map.entry('A', "06204046 0343"),
            Map.entry('B', "00063645443303 0030414233"),
            Map.entry('C', "4130100105163645"),
            Map.entry('D', "00062644412000"),
            Map.entry('E', "40000646 0333"),
            Map.entry('F', "400006 0333"),
            Map.entry('G', "4130100105163645 4323"),
            Map.entry('H', "0006 4046 0343"),
            Map.entry('I', "2026 1030 1636"),
            Map.entry('K', "0006 400346"),
            Map.entry('L', "000646"),
            Map.entry('M', "0600234046"),
            Map.entry('N', "06004640"),
            Map.entry('O', "100105163645413010"),
            Map.entry('P', "06003041423303"),
            Map.entry('R', "06003041423303 2346"),
            Map.entry('S', "4130100112334445361605"),
            Map.entry('T', "0040 2026"),
            Map.entry('U', "000516364540"),
            Map.entry('V', "002640"),
            Map.entry('W', "0016233640"),
            Map.entry('X', "0046 4006"),
            Map.entry('Y', "002340 2326"),
            Map.entry('Z', "00400646"),
            Map.entry('1', "112026 1636"),
            Map.entry('2', "01103041420646"),
            Map.entry('3', "00401343441636"),
            Map.entry('4', "30034336 3036"),
            Map.entry('7', "004016"),
            Map.entry('!', "2024 2526"),
            Map.entry('?', "01103041422224 2526"));

    /** All that can be written. */
    static final String LETTERS =
            STROKES.keySet().stream().sorted().map(String::valueOf).reduce("", String::concat);

    private StrokeFont() {}

    /** Adds a letter whose upper left corner is (x, y) and whose grid has cells of {@code size}. */
    static void append(Path2D path, char letter, double x, double y, double size) {
        String strokes = STROKES.get(letter);
        if (strokes == null) {
            throw new IllegalArgumentException("there is no letter " + letter);
        }
        for (String stroke : strokes.split(" ", -1)) {
            for (int i = 0; i + 1 < stroke.length(); i += 2) {
                double column = x + (stroke.charAt(i) - '0') * size;
                double row = y + (stroke.charAt(i + 1) - '0') * size;
                if (i == 0) {
                    path.moveTo(column, row);
                } else {
                    path.lineTo(column, row);
                }
            }
        }
    }
}
