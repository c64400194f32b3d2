package dev.repsr.image;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The program of a process that decodes pictures for another one: requests come on standard input, pictures go to standard
 * output. It ends with its input, so it never outlives the process that started it.
 */
final class DecodeWorker {
    private static final int LONGEST_TEXT = 10_000;

    private DecodeWorker() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)))) {
            while (true) {
                serve(in, out);
                out.flush();
            }
        } catch (EOFException e) {
            // The other side has no more requests.
            return;
        }
    }

    private static void serve(DataInputStream in, DataOutputStream out) throws IOException {
        String name = in.readUTF();
        ImageType type = ImageType.valueOf(in.readUTF());
        ImageLimits limits = new ImageLimits(in.readLong(), in.readLong(), in.readLong());
        byte[] file = in.readNBytes(in.readInt());
        List<String> warnings = new ArrayList<>();
        Picture picture;
        try {
            picture = DecodeBorder.within(name, () -> decode(name, type, file, limits, warnings));
        } catch (ImageRefused e) {
            out.writeBoolean(false);
            out.writeUTF(e.reason().name());
            out.writeUTF(shortened(String.valueOf(e.getMessage())));
            return;
        }
        out.writeBoolean(true);
        out.writeInt(warnings.size());
        for (String warning : warnings) {
            out.writeUTF(shortened(warning));
        }
        picture.writeTo(out);
    }

    private static Picture decode(String name, ImageType type, byte[] file, ImageLimits limits, List<String> warnings)
            throws IOException {
        if (ImageReader.probe(type, file, name, limits) instanceof ForeignHeader header) {
            return Decoder.picture(name, header, warnings);
        }
        throw new IllegalStateException(type + " is decoded without a worker");
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    }
}
