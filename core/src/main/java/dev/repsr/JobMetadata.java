package dev.repsr;

import dev.repsr.image.ImageMetadata;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a picture's metadata goes into the output, and what does not.
 *
 * @param kept for the output
 * @param warnings one sentence for each thing that is lost
 */
record JobMetadata(ImageMetadata kept, List<String> warnings) {

    static JobMetadata of(
            String name, PictureSource source, PictureFormat output, ImageType type, MetadataChoice choice) {
        List<String> warnings = new ArrayList<>();
        if (source.frames().isPresent() && type != ImageType.GIF) {
            warnings.add(name + " is animated and " + type.title()
                    + " holds one picture: the first; GIF keeps the animation");
        }
        ImageMetadata metadata = switch (choice) {
            case ALL -> source.metadata().forOutput(source.format(), output);
            case COLOURS -> source.metadata().ofColours();
            case NONE -> ImageMetadata.NONE;
        };
        if (choice == MetadataChoice.ALL
                && metadata.exif() == null
                && source.metadata().exif() != null) {
            warnings.add("not all of " + name + " could be kept: the EXIF data is damaged and is left out");
        }
        ImageWriter.losses(output, metadata, type)
                .forEach(loss -> warnings.add("not all of " + name + " could be kept: " + loss));
        return new JobMetadata(metadata, List.copyOf(warnings));
    }
}
