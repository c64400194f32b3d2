package dev.repsr.engine;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;

/** Colours and alpha as one picture; closing it ends the threads of both, then closes the source. */
record JoinedRows(
        PictureRows colour,
        PictureRows alpha,
        BandThreads threads,
        PictureRows source,
        float[] colourRow,
        float[] alphaRow)
        implements PictureRows {

    JoinedRows(PictureRows colour, PictureRows alpha, BandThreads threads, PictureRows source) {
        this(
                colour,
                alpha,
                threads,
                source,
                new float[colour.format().width() * colour.format().channels()],
                new float[alpha.format().width()]);
    }

    @Override
    public PictureFormat format() {
        PictureFormat format = colour.format();
        return new PictureFormat(format.width(), format.height(), format.channels() + 1, format.bitDepth());
    }

    @Override
    public void readRow(float[] row) throws IOException {
        colour.readRow(colourRow);
        alpha.readRow(alphaRow);
        int colours = colour.format().channels();
        for (int x = 0; x < alphaRow.length; x++) {
            System.arraycopy(colourRow, x * colours, row, x * (colours + 1), colours);
            row[x * (colours + 1) + colours] = alphaRow[x];
        }
    }

    @Override
    public void close() throws IOException {
        threads.close();
        source.close();
    }
}
