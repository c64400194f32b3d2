package dev.repsr.image;

import java.io.IOException;
import java.util.List;

/** The frames of an animated GIF, drawn one after the other. */
final class GifFrames implements PictureFrames {
    private final String name;
    private final GifHeader header;
    private final GifCanvas canvas;
    private final PictureFormat format;

    GifFrames(String name, GifHeader header, List<String> warnings) {
        this.name = name;
        this.header = header;
        this.canvas = new GifCanvas(name, header, warnings);
        this.format = new PictureFormat(header.width(), header.height(), hasHoles(header) ? 4 : 3, 8);
    }

    /** Whether any frame may leave something of the canvas transparent. */
    private static boolean hasHoles(GifHeader header) {
        GifHeader.Frame first = header.frames().getFirst();
        boolean covers = first.x() == 0
                && first.y() == 0
                && first.width() >= header.width()
                && first.height() >= header.height()
                && first.transparent() < 0;
        return !covers || header.frames().stream().anyMatch(frame -> frame.disposal() == 2);
    }

    @Override
    public PictureFormat format() {
        return format;
    }

    @Override
    public int count() {
        return header.frames().size();
    }

    @Override
    public int loops() {
        return header.loops();
    }

    @Override
    public int delay(int index) {
        return header.frames().get(index).delay();
    }

    @Override
    public PictureRows next() throws IOException {
        return DecodeBorder.within(name, () -> {
            Picture picture = GifCanvas.picture(canvas.draw(), header.width(), header.height(), format.channels());
            if (picture.format().channels() != format.channels()) {
                throw new IOException("a frame is cut off");
            }
            return picture.rows();
        });
    }
}
