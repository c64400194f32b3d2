package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.util.ArrayList;
import java.util.List;

/** Walks the blocks of a GIF file up to its second frame. */
final class GifProbe {
    private static final int MAX_EXTENSIONS = 1_000;
    private static final int SCREEN = 6;

    private final String name;
    private final byte[] file;
    private final Bytes in;
    private int extensions;

    private GifProbe(String name, byte[] file) {
        this.name = name;
        this.file = file;
        this.in = Bytes.littleEndian(file);
    }

    static OtherHeader probe(String name, byte[] file, ImageLimits limits) throws ImageRefused {
        return new GifProbe(name, file).probe(limits);
    }

    private OtherHeader probe(ImageLimits limits) throws ImageRefused {
        List<String> warnings = new ArrayList<>();
        if (in.length() < SCREEN + 7) {
            throw damaged("ends within its header");
        }
        limits.checkInput(name, in.u16(SCREEN), in.u16(SCREEN + 2));
        int frame = nextFrame(afterColours(SCREEN + 7, in.u8(SCREEN + 4)));
        if (frame < 0) {
            throw damaged("has no frame");
        }
        int width = in.u16(frame + 5);
        int height = in.u16(frame + 7);
        limits.checkInput(name, width, height);
        if (width != in.u16(SCREEN) || height != in.u16(SCREEN + 2)) {
            warnings.add(name + " has a first frame that does not fill its canvas; only the frame is read");
        }
        int data = afterColours(frame + 10, in.u8(frame + 9)) + 1;
        if (nextFrame(afterSubBlocks(data)) >= 0) {
            warnings.add(name + " is animated; only its first frame is read");
        }
        return OtherHeader.plain(ImageType.GIF, width, height, file, warnings);
    }

    /** Position of the next frame, or -1 at the end of the file. */
    private int nextFrame(int from) throws ImageRefused {
        int at = from;
        while (at + 9 < in.length() && in.u8(at) == 0x21) {
            if (++extensions > MAX_EXTENSIONS) {
                throw new ImageRefused(Reason.TOO_LARGE, name + " has more than " + MAX_EXTENSIONS + " GIF extensions");
            }
            at = afterSubBlocks(at + 2);
        }
        return at + 9 < in.length() && in.u8(at) == 0x2C ? at : -1;
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
