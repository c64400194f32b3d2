package dev.repsr.image;

import java.awt.image.Raster;
import java.util.List;

/** Takes a decoded JPEG over. */
final class JpegPixels {
    private JpegPixels() {}

    static Picture picture(String name, JpegHeader header, Raster raster, List<String> warnings) {
        if (raster.getNumBands() != header.components()) {
            throw new IllegalStateException(raster.getNumBands() + " bands instead of " + header.components());
        }
        if (!header.complete()) {
            warnings.add(name + " is cut off; its last part is missing");
        }
        return RasterPicture.plain(raster, new PictureFormat(header.width(), header.height(), header.components(), 8));
    }
}
