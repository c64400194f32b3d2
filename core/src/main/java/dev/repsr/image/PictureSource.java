package dev.repsr.image;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A picture file that was looked at, and whose rows can be read once, upright. Rows are decoded as they are asked for where
 * the format allows: PNG, TIFF and PNM with an upright orientation. Others are in memory already.
 */
public final class PictureSource implements AutoCloseable {
    /** Of a picture that is decoded as it is asked for, so many are looked at. */
    private static final int FIRST_ROWS = 146;

    private final PictureRows rows;
    /** Gives the same rows once more. */
    private final Supplier<PictureRows> again;

    private final @Nullable Picture whole;
    private final ImageType type;
    private final int jpegQuality;
    private final ImageMetadata metadata;
    private final List<String> warnings;
    private final ReadingMemory memory;
    private final @Nullable PictureFrames frames;

    private PictureSource(
            PictureRows rows,
            Supplier<PictureRows> again,
            @Nullable Picture whole,
            ImageType type,
            int jpegQuality,
            ImageMetadata metadata,
            List<String> warnings,
            ReadingMemory memory,
            @Nullable PictureFrames frames) {
        this.rows = rows;
        this.again = again;
        this.whole = whole;
        this.type = type;
        this.jpegQuality = jpegQuality;
        this.metadata = metadata;
        this.warnings = warnings;
        this.memory = memory;
        this.frames = frames;
    }

    static PictureSource streaming(
            StoredRows rows, Supplier<PictureRows> again, Header header, List<String> warnings, ReadingMemory memory) {
        return new PictureSource(rows, again, null, header.type(), 0, header.metadata(), warnings, memory, null);
    }

    static PictureSource decoded(
            Picture picture,
            Header header,
            List<String> warnings,
            ReadingMemory memory,
            @Nullable PictureFrames frames) {
        return new PictureSource(
                picture.rows(),
                picture::rows,
                picture,
                header.type(),
                header instanceof JpegHeader jpeg ? jpeg.quality() : 0,
                header.metadata(),
                warnings,
                memory,
                frames);
    }

    /** A picture that was in memory before; PNG is the format that holds all of it. */
    static PictureSource inMemory(Picture picture, ImageMetadata metadata, List<String> warnings) {
        ReadingMemory memory = ReadingMemory.ofCopy(picture.format());
        return new PictureSource(
                picture.rows(), picture::rows, picture, ImageType.PNG, 0, metadata, warnings, memory, null);
    }

    /** Size, channels and depth of the upright picture. */
    public PictureFormat format() {
        return rows.format();
    }

    /** Format of the file; PNG where there was none. */
    public ImageType type() {
        return type;
    }

    /**
     * Looks at some bands of rows, all over the picture where it is in memory, else the first rows, which are decoded once more for
     * that.
     */
    public Condition condition() throws IOException {
        PictureFormat format = format();
        if (whole != null) {
            float[] row = new float[format.width() * format.channels()];
            return Condition.of(jpegQuality, format.width(), format.height(), (y, levels) -> {
                whole.copyRow(y, row, 0);
                toLevels(row, format, levels);
            });
        }
        try (PictureRows looked = again.get()) {
            float[] row = new float[format.width() * format.channels()];
            int[] next = new int[1];
            return Condition.of(jpegQuality, format.width(), Math.min(format.height(), FIRST_ROWS), (y, levels) -> {
                for (; next[0] <= y; next[0]++) {
                    looked.readRow(row);
                }
                toLevels(row, format, levels);
            });
        }
    }

    private static void toLevels(float[] row, PictureFormat format, float[] levels) {
        int channels = format.channels();
        boolean colour = channels >= 3;
        for (int x = 0; x < format.width(); x++) {
            int i = x * channels;
            levels[x] = 255 * (colour ? 0.299f * row[i] + 0.587f * row[i + 1] + 0.114f * row[i + 2] : row[i]);
        }
    }

    /** What else the file says. */
    public ImageMetadata metadata() {
        return metadata;
    }

    /** One sentence for each thing that is wrong with the file; complete when all rows have been read. */
    public List<String> warnings() {
        return Collections.unmodifiableList(warnings);
    }

    /** What opening this took, and what it holds until it is closed. */
    public ReadingMemory memory() {
        return memory;
    }

    /** The rows; closing this closes them. */
    public PictureRows rows() {
        return rows;
    }

    /**
     * Whether there is nothing transparent in the picture, or in the first frame. A picture with an alpha channel is looked at pixel
     * by pixel; rows that come as they are asked for are decoded once more for that.
     */
    public boolean isOpaque() throws IOException {
        PictureFormat format = format();
        if (!format.hasAlpha()) {
            return true;
        }
        try (PictureRows looked = again.get()) {
            float[] row = new float[format.width() * format.channels()];
            for (int y = 0; y < format.height(); y++) {
                looked.readRow(row);
                for (int i = format.channels() - 1; i < row.length; i += format.channels()) {
                    if (row[i] != 1) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** The {@link #rows()} of an opaque picture without their alpha channel. */
    public PictureRows rowsWithoutAlpha() {
        return format().hasAlpha() ? new RowsWithoutAlpha(rows) : rows;
    }

    /** The animation, if the file is one; {@link #rows()} gives its first frame all the same. */
    public Optional<PictureFrames> frames() {
        return Optional.ofNullable(frames);
    }

    /** The whole picture; no row has been read yet. */
    Picture picture() throws ImageRefused {
        if (whole != null) {
            return whole;
        }
        if (rows instanceof StoredRows stored) {
            return stored.picture(1);
        }
        throw new IllegalStateException("neither decoded nor decoding");
    }

    @Override
    public void close() {
        if (rows instanceof StoredRows stored) {
            stored.close();
        }
    }
}
