package dev.repsr.image;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Writes baseline JPEG with the encoder of ImageIO, all components at full resolution, one row in memory. */
final class JpegEncoder {
    private static final String TREE = "javax_imageio_jpeg_image_1.0";

    private JpegEncoder() {}

    static void write(PictureRows rows, EncodeOptions options, OutputStream out) throws IOException {
        boolean grey = rows.format().channels() == 1;
        var type = ImageTypeSpecifier.createFromBufferedImageType(
                grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        var writers = ImageIO.getImageWritersByFormatName("jpeg");
        if (!writers.hasNext()) {
            throw new IOException("This Java runtime cannot write JPEG files; write a PNG");
        }
        javax.imageio.ImageWriter writer = writers.next();
        try (JpegOutput target = new JpegOutput(out, options.metadata())) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(options.quality() / 100f);
            param.setDestinationType(type);
            IIOMetadata metadata = writer.getDefaultImageMetadata(type, param);
            prepare(metadata);
            writer.setOutput(target);
            writer.write(null, new IIOImage(new RowRaster(rows), null, metadata), param);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            writer.dispose();
        }
    }

    /**
     * The encoder's default halves the resolution of colour; text and edges in an enlarged picture show it. The JFIF segment
     * is written by {@link JpegOutput}.
     */
    private static void prepare(IIOMetadata metadata) throws IOException {
        IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(TREE);
        NodeList components = tree.getElementsByTagName("componentSpec");
        for (int i = 0; i < components.getLength(); i++) {
            IIOMetadataNode component = (IIOMetadataNode) components.item(i);
            component.setAttribute("HsamplingFactor", "1");
            component.setAttribute("VsamplingFactor", "1");
        }
        Node variety = tree.getElementsByTagName("JPEGvariety").item(0);
        for (Node child = variety.getFirstChild(); child != null; child = variety.getFirstChild()) {
            variety.removeChild(child);
        }
        metadata.setFromTree(TREE, tree);
    }

    /**
     * Looks like a whole picture and holds one row. The encoder takes its source as one-line children from top to bottom;
     * each of these pulls the next row.
     */
    private static final class RowRaster extends Raster {
        private final SampleRows samples;
        private final byte[] row;
        private final int[] bands;
        private int next;

        RowRaster(PictureRows rows) {
            this(rows.format(), new SampleRows(rows, 8));
        }

        private RowRaster(PictureFormat format, SampleRows samples) {
            this(format, samples, new byte[samples.bytes()]);
        }

        private RowRaster(PictureFormat format, SampleRows samples, byte[] row) {
            super(
                    oneLine(format),
                    new DataBufferByte(row, row.length),
                    new Rectangle(0, 0, format.width(), format.height()),
                    new Point(0, 0),
                    null);
            this.samples = samples;
            this.row = row;
            this.bands = bands(format.channels());
        }

        private static SampleModel oneLine(PictureFormat format) {
            int channels = format.channels();
            return new PixelInterleavedSampleModel(
                    DataBuffer.TYPE_BYTE, format.width(), 1, channels, channels * format.width(), bands(channels));
        }

        private static int[] bands(int channels) {
            return channels == 1 ? new int[] {0} : new int[] {0, 1, 2};
        }

        @Override
        public Raster createChild(int x, int y, int width, int height, int toX, int toY, int @Nullable [] bandList) {
            if (x != 0 || y != next || width != getWidth() || height != 1) {
                throw new IllegalStateException("the encoder takes row " + y + " instead of row " + next);
            }
            try {
                samples.read(row, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            next++;
            return Raster.createInterleavedRaster(
                    new DataBufferByte(row, row.length), width, 1, row.length, bands.length, bands, null);
        }
    }
}
