package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.util.ArrayList;
import java.util.List;

/** Walks the blocks of a GIF file (GIF89a). */
final class GifProbe {
    private static final int MAX_EXTENSIONS = 20_000;
    private static final int MAX_FRAMES = 10_000;
    private static final int SCREEN = 6;

    private final String name;
    private final byte[] file;
    private final Bytes in;
    private final ImageLimits limits;
    private final List<GifHeader.Frame> frames = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int extensions;
    private int loops = -1;
    private int disposal;
    private int delay;
    private int transparent = -1;

    private GifProbe(String name, byte[] file, ImageLimits limits) {
        this.name = name;
        this.file = file;
        this.in = Bytes.littleEndian(file);
        this.limits = limits;
    }

    static GifHeader probe(String name, byte[] file, ImageLimits limits) throws ImageRefused {
        return new GifProbe(name, file, limits).probe();
    }

    private GifHeader probe() throws ImageRefused {
        if (in.length() < SCREEN + 7) {
            throw damaged("ends within its header");
        }
        int width = in.u16(SCREEN);
        int height = in.u16(SCREEN + 2);
        limits.checkInput(name, width, height);
        int flags = in.u8(SCREEN + 4);
        int colours = (flags & 0x80) == 0 ? -1 : SCREEN + 7;
        boolean ended = walk(afterColours(SCREEN + 7, flags));
        if (frames.isEmpty()) {
            throw damaged("has no frame");
        }
        if (!ended) {
            warnings.add(name + " has no end mark; its last part may be missing");
        }
        return new GifHeader(file, width, height, colours, colours < 0 ? 0 : 2 << (flags & 7), frames, loops, warnings);
    }

    /** @return whether the end mark was found */
    private boolean walk(int start) throws ImageRefused {
        int at = start;
        while (at < in.length()) {
            int mark = in.u8(at);
            if (mark == 0x3B) {
                return true;
            }
            if (mark == 0x21) {
                at = extension(at);
            } else if (mark == 0x2C && at + 11 < in.length()) {
                at = frame(at);
            } else {
                return false;
            }
        }
        return false;
    }

    private int extension(int at) throws ImageRefused {
        if (++extensions > MAX_EXTENSIONS) {
            throw new ImageRefused(Reason.TOO_LARGE, name + " has more than " + MAX_EXTENSIONS + " GIF extensions");
        }
        if (at + 8 <= in.length() && in.u8(at + 1) == 0xF9 && in.u8(at + 2) >= 4) {
            disposal = in.u8(at + 3) >> 2 & 7;
            delay = in.u16(at + 4);
            transparent = (in.u8(at + 3) & 1) == 1 ? in.u8(at + 6) : -1;
        } else if (in.has(at + 1, "\u00FF\u000BNETSCAPE2.0\u0003\u0001") && at + 18 <= in.length()) {
            loops = in.u16(at + 16);
        }
        return afterSubBlocks(at + 2);
    }

    private int frame(int at) throws ImageRefused {
        if (frames.size() == MAX_FRAMES) {
            throw new ImageRefused(Reason.TOO_LARGE, name + " has more than " + MAX_FRAMES + " frames");
        }
        int width = in.u16(at + 5);
        int height = in.u16(at + 7);
        limits.checkInput(name, width, height);
        int flags = in.u8(at + 9);
        boolean own = (flags & 0x80) != 0;
        int data = afterColours(at + 10, flags);
        frames.add(new GifHeader.Frame(
                in.u16(at + 1),
                in.u16(at + 3),
                width,
                height,
                (flags & 0x40) != 0,
                own ? at + 10 : -1,
                own ? 2 << (flags & 7) : 0,
                transparent,
                disposal,
                delay,
                data));
        transparent = -1;
        disposal = 0;
        delay = 0;
        return afterSubBlocks(data + 1);
    }

    private static int afterColours(int at, int flags) {
        return (flags & 0x80) == 0 ? at : at + 3 * (2 << (flags & 7));
    }

    private int afterSubBlocks(int from) {
        int at = from;
        while (at < in.length() && in.u8(at) != 0) {
            at += 1 + in.u8(at);
        }
        return at + 1;
    }

    private ImageRefused damaged(String what) {
        return new ImageRefused(Reason.DAMAGED, name + " is a damaged GIF file: it " + what);
    }
}
