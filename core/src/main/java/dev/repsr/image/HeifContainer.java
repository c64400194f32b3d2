package dev.repsr.image;

import dev.repsr.image.BoxList.Box;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the container of an AVIF or HEIC file (ISO/IEC 23008-12) says of its main picture: how it is to be turned, its colours,
 * EXIF and XMP.
 */
final class HeifContainer {
    private static final int MAX_ITEMS = 10_000;
    private static final int MAX_BYTES = 8 << 20;
    /** EXIF orientations of quarter turns against the clock; then with top and bottom, then with left and right exchanged. */
    private static final int[][] ORIENTATIONS = {{1, 8, 3, 6}, {4, 5, 2, 7}, {2, 7, 4, 5}};

    private final byte[] file;
    private final Bytes in;
    private final List<Integer> turns = new ArrayList<>();
    private int angle;
    private int mirror;
    private boolean profile;
    private @Nullable PngChunk colours;

    HeifContainer(byte[] file) {
        this.file = file;
        this.in = Bytes.bigEndian(file);
    }

    /** @throws IndexOutOfBoundsException if it makes no sense */
    ContainerFacts read() {
        Optional<Box> meta = BoxList.first(BoxList.of(file, 0, file.length), "meta");
        if (meta.isEmpty()) {
            return ContainerFacts.NONE;
        }
        List<Box> boxes = BoxList.of(file, meta.get().from() + 4L, meta.get().to());
        BoxList.first(boxes, "iprp").ifPresent(box -> properties(box, main(boxes)));
        return new ContainerFacts(
                ORIENTATIONS[mirror][angle],
                turns.stream().mapToInt(Integer::intValue).toArray(),
                exif(boxes),
                item(boxes, "mime", "application/rdf+xml").orElse(null),
                profile ? null : colours,
                false,
                in.has(4, "ftypavis"));
    }

    private long main(List<Box> boxes) {
        return BoxList.first(boxes, "pitm")
                .map(box -> in.u8(box.from()) == 0 ? in.u16(box.from() + 4L) : in.u32(box.from() + 4L))
                .orElse(0L);
    }

    private void properties(Box iprp, long main) {
        List<Box> parts = BoxList.of(file, iprp.from(), iprp.to());
        Optional<Box> known = BoxList.first(parts, "ipco");
        if (known.isEmpty()) {
            return;
        }
        List<Box> properties = BoxList.of(file, known.get().from(), known.get().to());
        for (Box part : parts) {
            if (part.type().equals("ipma")) {
                associations(part, properties, main);
            }
        }
    }

    private void associations(Box ipma, List<Box> properties, long main) {
        boolean longIds = in.u8(ipma.from()) > 0;
        int bytes = (in.u8(ipma.from() + 3L) & 1) + 1;
        long entries = in.u32(ipma.from() + 4L);
        int at = ipma.from() + 8;
        for (long entry = 0; entry < entries && at < ipma.to(); entry++) {
            long item = longIds ? in.u32(at) : in.u16(at);
            at += longIds ? 4 : 2;
            int count = in.u8(at++);
            for (int i = 0; i < count; i++, at += bytes) {
                int index = bytes == 2 ? in.u16(at) & 0x7FFF : in.u8(at) & 0x7F;
                if (item == main && index > 0 && index <= properties.size()) {
                    property(properties.get(index - 1), at, bytes);
                }
            }
        }
    }

    private void property(Box property, int at, int bytes) {
        if (property.type().equals("irot")) {
            int turned = in.u8(property.from()) & 3;
            // To turn what was mirrored is to mirror what was turned the other way.
            angle = (angle + (mirror == 0 ? turned : 4 - turned)) & 3;
        } else if (property.type().equals("imir") && mirror == 0) {
            mirror = 1 + (in.u8(property.from()) & 1);
        } else {
            colour(property);
            return;
        }
        for (int i = 0; i < bytes; i++) {
            turns.add(at + i);
        }
    }

    private void colour(Box property) {
        if (!property.type().equals("colr")) {
            return;
        }
        profile |= in.has(property.from(), "prof") || in.has(property.from(), "rICC");
        if (in.has(property.from(), "nclx")) {
            int primaries = in.u16(property.from() + 4L);
            int transfer = in.u16(property.from() + 6L);
            boolean srgb = primaries == 1 && transfer == 13;
            // 2 is unknown. What PNG's samples are is full range RGB.
            if (primaries < 256 && transfer < 256 && primaries != 2 && transfer != 2 && !srgb) {
                byte[] data = {(byte) primaries, (byte) transfer, 0, 1};
                colours = new PngChunk("cICP", new MetadataBytes(data));
            }
        }
    }

    private @Nullable MetadataBytes exif(List<Box> boxes) {
        return item(boxes, "Exif", "")
                .map(item -> ContainerFacts.exif(item.bytes(), 0, item.length()))
                .orElse(null);
    }

    /** The first item of a type, and of a MIME type where one is asked for. */
    private Optional<MetadataBytes> item(List<Box> boxes, String type, String mime) {
        Optional<Box> iinf = BoxList.first(boxes, "iinf");
        Optional<Box> iloc = BoxList.first(boxes, "iloc");
        if (iinf.isEmpty() || iloc.isEmpty()) {
            return Optional.empty();
        }
        int count = in.u8(iinf.get().from()) == 0 ? 2 : 4;
        for (Box infe :
                BoxList.of(file, iinf.get().from() + 4L + count, iinf.get().to())) {
            int version = in.u8(infe.from());
            int typeAt = infe.from() + (version == 2 ? 8 : 10);
            if (version >= 2 && in.has(typeAt, type) && (mime.isEmpty() || names(typeAt + 4, infe.to(), mime))) {
                long id = version == 2 ? in.u16(infe.from() + 4L) : in.u32(infe.from() + 4L);
                return content(iloc.get(), BoxList.first(boxes, "idat"), id);
            }
        }
        return Optional.empty();
    }

    /** Whether the second of two texts that end with a zero is the MIME type. */
    private boolean names(int from, int to, String mime) {
        String[] texts = new String(file, from, to - from, StandardCharsets.ISO_8859_1).split("\0", -1);
        return texts.length > 1 && texts[1].equals(mime);
    }

    /** The bytes of an item that lies in one piece in the file or in the container's own data. */
    private Optional<MetadataBytes> content(Box iloc, Optional<Box> idat, long id) {
        int version = in.u8(iloc.from());
        int sizes = in.u16(iloc.from() + 4L);
        int at = iloc.from() + 6;
        long items = version < 2 ? in.u16(at) : in.u32(at);
        at += version < 2 ? 2 : 4;
        for (long i = 0; i < Math.min(items, MAX_ITEMS); i++) {
            long item = version < 2 ? in.u16(at) : in.u32(at);
            at += version < 2 ? 2 : 4;
            int method = version == 0 ? 0 : in.u16(at) & 15;
            at += version == 0 ? 2 : 4;
            long base = number(at, sizes >> 4 & 15);
            at += sizes >> 4 & 15;
            int extents = in.u16(at);
            at += 2;
            int index = version == 0 ? 0 : sizes & 15;
            int offsetBytes = sizes >> 12;
            int lengthBytes = sizes >> 8 & 15;
            if (item == id && extents == 1) {
                long from = base
                        + number(at + index, offsetBytes)
                        + (method == 1 ? idat.map(Box::from).orElse(0) : 0);
                long length = number(at + index + offsetBytes, lengthBytes);
                return method <= 1 && length > 4 && length <= MAX_BYTES
                        ? Optional.of(new MetadataBytes(in.copy(from, (int) length)))
                        : Optional.empty();
            }
            at += extents * (index + offsetBytes + lengthBytes);
        }
        return Optional.empty();
    }

    private long number(int at, int bytes) {
        return switch (bytes) {
            case 4 -> in.u32(at);
            case 8 -> in.u64(at);
            default -> 0;
        };
    }
}
