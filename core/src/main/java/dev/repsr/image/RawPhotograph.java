package dev.repsr.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What a camera's sensor saw, before it became a picture. Only previews in such files could be read, so none is. */
public final class RawPhotograph {
    private static final int HEAD = 16;
    /** Cameras put all directories in front. */
    private static final int DIRECTORIES = 1 << 18;
    /** First bytes of those that are no TIFF files: Canon, Fujifilm, Olympus, Panasonic, Sigma, Minolta. */
    private static final List<String> BEGINNINGS =
            List.of("FUJIFILMCCD-RAW", "IIRO", "IIRS", "MMOR", "IIU\0", "FOVb", "\0MRM");

    private static final String CANON = "ftypcrx ";
    private static final int CANON_AT = 4;

    private RawPhotograph() {}

    /** Whether a file is one, as its first bytes and directories tell; false if it cannot be opened. */
    public static boolean isOne(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD);
            if (ImageType.ofFirstBytes(head) != ImageType.TIFF) {
                return begins(head);
            }
            byte[] more = in.readNBytes(DIRECTORIES);
            byte[] front = Arrays.copyOf(head, head.length + more.length);
            System.arraycopy(more, 0, front, head.length, more.length);
            ByteOrder order = head[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            Bytes bytes = new Bytes(front, 0, front.length, order);
            return TiffPages.of(bytes, bytes.u16(2) == 43).raw();
        } catch (IOException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** Whether a file that is no TIFF begins like one. */
    static boolean begins(byte[] head) {
        Bytes bytes = Bytes.bigEndian(head);
        return bytes.has(CANON_AT, CANON) || BEGINNINGS.stream().anyMatch(beginning -> bytes.has(0, beginning));
    }

    /** Says what to do. */
    public static ImageRefused refusal(String name) {
        return new ImageRefused(
                ImageRefused.Reason.UNSUPPORTED,
                name
                        + " is a raw photograph, which holds no picture but previews; develop it first, into a TIFF or JPEG");
    }
}
