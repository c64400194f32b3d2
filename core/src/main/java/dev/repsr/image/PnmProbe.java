package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the header of a portable anymap (the Netpbm formats P1 to P7). */
final class PnmProbe {
    private static final int MAX_HEADER = 64 << 10;

    private final String name;
    private final PnmText text;
    private final byte[] file;

    private PnmProbe(String name, byte[] file) {
        this.name = name;
        this.file = file;
        this.text = new PnmText(file, 2, Math.min(file.length, MAX_HEADER));
    }

    static PnmHeader probe(String name, byte[] file, ImageLimits limits) throws ImageRefused {
        PnmProbe probe = new PnmProbe(name, file);
        return file[1] == '7' ? probe.pam(limits) : probe.pnm(file[1] - '0', limits);
    }

    private PnmHeader pnm(int number, ImageLimits limits) throws ImageRefused {
        int width = text.number();
        int height = text.number();
        boolean bits = number == 1 || number == 4;
        int largest = bits ? 1 : text.number();
        int channels = number == 3 || number == 6 ? 3 : 1;
        PnmHeader.Kind kind = switch (number) {
            case 1 -> PnmHeader.Kind.BIT_TEXT;
            case 2, 3 -> PnmHeader.Kind.TEXT;
            case 4 -> PnmHeader.Kind.BITS;
            default -> PnmHeader.Kind.BYTES;
        };
        // One blank stands between the header and binary samples.
        return header(limits, width, height, channels, largest, kind, text.position() + (number > 3 ? 1 : 0));
    }

    private PnmHeader pam(ImageLimits limits) throws ImageRefused {
        Map<String, String> values = new HashMap<>();
        String word = text.word();
        while (!word.equals("ENDHDR")) {
            if (word.isEmpty()) {
                throw damaged("its header has no end");
            }
            values.put(word, text.word());
            word = text.word();
        }
        return header(
                limits,
                number(values, "WIDTH"),
                number(values, "HEIGHT"),
                number(values, "DEPTH"),
                number(values, "MAXVAL"),
                PnmHeader.Kind.BYTES,
                text.position() + 1);
    }

    private static int number(Map<String, String> values, String key) {
        String value = values.getOrDefault(key, "");
        return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
    }

    private PnmHeader header(
            ImageLimits limits, int width, int height, int channels, int largest, PnmHeader.Kind kind, int pixels)
            throws ImageRefused {
        limits.checkInput(name, width, height);
        if (channels < 1 || channels > 4 || largest < 1 || largest > 65535) {
            throw damaged("it states " + channels + " channels with values up to " + largest);
        }
        PnmHeader header = new PnmHeader(width, height, channels, largest, kind, file, pixels, List.of());
        long bits = kind == PnmHeader.Kind.BITS || kind == PnmHeader.Kind.BIT_TEXT ? 1 : largest > 255 ? 16 : 8;
        if ((long) width * height * channels * bits / 8 > file.length) {
            throw damaged("it has too few bytes for its " + width + "x" + height + " pixels");
        }
        return header;
    }

    private ImageRefused damaged(String what) {
        return new ImageRefused(Reason.DAMAGED, name + " is a damaged PNM file: " + what);
    }
}
