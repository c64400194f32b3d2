package dev.repsr.image;

import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** A decoding process whose only decoder of bitmaps never ends and ignores interrupts. */
final class HangingWorker {
    private HangingWorker() {}

    public static void main(String[] arguments) throws IOException {
        IIORegistry registry = IIORegistry.getDefaultInstance();
        var known = registry.getServiceProviders(ImageReaderSpi.class, true);
        while (known.hasNext()) {
            ImageReaderSpi spi = known.next();
            if (spi.getFormatNames()[0].toLowerCase(Locale.ROOT).equals("bmp")) {
                registry.deregisterServiceProvider(spi, ImageReaderSpi.class);
            }
        }
        registry.registerServiceProvider(new HangingSpi(), ImageReaderSpi.class);
        DecodeWorker.main(arguments);
    }

    private static final class HangingSpi extends ImageReaderSpi {
        HangingSpi() {
            super(
                    "repsr",
                    "1",
                    new String[] {"BMP", "bmp"},
                    null,
                    null,
                    "none",
                    new Class<?>[] {ImageInputStream.class},
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    false,
                    null,
                    null,
                    null,
                    null);
        }

        @Override
        public boolean canDecodeInput(Object source) {
            return true;
        }

        @Override
        public ImageReader createReaderInstance(@Nullable Object extension) {
            while (true) {
                Thread.onSpinWait();
            }
        }

        @Override
        public String getDescription(Locale locale) {
            return "hangs";
        }
    }
}
