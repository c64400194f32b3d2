package dev.repsr.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the container of an AVIF, HEIC or JPEG XL picture says of it. The tools that decode these formats differ in what they turn and
 * what they keep, from version to version too, so this is the one place that decides, whatever a tool does:
 *
 * <ul>
 *   <li>AVIF is shown to its tool without its rotation and mirroring, which we apply.
 *   <li>HEIC and JPEG XL are turned by their tools, which all versions do.
 *   <li>EXIF's orientation is applied for none of them, since the formats give it no say, and is set to 1.
 *   <li>EXIF and XMP are those of the container; where they are packed in a way that is not read, those that the tool hands over.
 *   <li>Colours are those that the tool states; where it states none, those of the container.
 * </ul>
 *
 * @param orientation EXIF orientation that rotation and mirroring come to
 * @param turns positions in the file where these are laid upon the picture
 * @param colours a PNG's chunk for the colours, if the container has no profile
 * @param packed whether there is metadata that cannot be read here
 * @param animated whether there are further pictures that follow in time
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ContainerFacts(
        int orientation,
        int[] turns,
        @Nullable MetadataBytes exif,
        @Nullable MetadataBytes xmp,
        @Nullable PngChunk colours,
        boolean packed,
        boolean animated) {
    static final ContainerFacts NONE = new ContainerFacts(1, new int[0], null, null, null, false, false);

    /** Of a file that may be broken: what makes no sense is passed over, since the tool will say so. */
    static ContainerFacts of(ConvertedType type, byte[] file) {
        try {
            return type == ConvertedType.JPEG_XL ? JxlContainer.read(file) : new HeifContainer(file).read();
        } catch (IndexOutOfBoundsException e) {
            return NONE;
        }
    }

    /** The file for the tool. */
    byte[] shown(ConvertedType type, byte[] file) {
        if (type != ConvertedType.AVIF || turns.length == 0) {
            return file;
        }
        byte[] shown = file.clone();
        for (int at : turns) {
            // Property 0 is none (ISO/IEC 23008-12, 9.3.1).
            shown[at] = 0;
        }
        return shown;
    }

    /** The header of the PNG that the tool made, as a header of the picture. */
    PngHeader described(String name, ConvertedType type, PngHeader png, List<String> told) {
        List<String> warnings = new ArrayList<>(png.warnings());
        warnings.addAll(told);
        if (animated) {
            warnings.add(name + " is animated; only its first picture is read");
        }
        ImageMetadata said = png.metadata();
        MetadataBytes newExif = exif == null ? said.exif() : exif;
        MetadataBytes newXmp = xmp == null ? said.xmp() : xmp;
        if (packed && (newExif == null || newXmp == null)) {
            warnings.add(name + " has EXIF or XMP data that its decoder does not hand over; it is left out");
        }
        List<PngChunk> chunks = new ArrayList<>(said.chunks());
        PngChunk own = colours;
        if (own != null
                && said.profile() == null
                && chunks.stream().noneMatch(chunk -> chunk.name().equals(own.name()))) {
            chunks.add(own);
        }
        ImageMetadata metadata = new ImageMetadata(
                said.profile(),
                said.density(),
                type == ConvertedType.AVIF ? orientation : 1,
                newExif == null ? null : ExifPatch.stated(newExif),
                newXmp == null ? null : XmpPatch.stated(newXmp),
                said.iptc(),
                chunks);
        return png.with(metadata, warnings);
    }

    /** EXIF data as these containers hold it: the distance to it, then the data (ISO/IEC 23008-12, A.2.1). */
    static @Nullable MetadataBytes exif(byte[] file, int from, int to) {
        long start = from + 4L + Bytes.bigEndian(file).u32(from);
        return start >= to ? null : new MetadataBytes(Arrays.copyOfRange(file, (int) start, to));
    }
}
