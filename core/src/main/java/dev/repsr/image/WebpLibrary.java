package dev.repsr.image;

import dev.repsr.io.TemporaryFolder;
import java.io.IOException;

/** Where the plug-in for WebP puts its native library: a folder that a later run can tell to be left over. */
final class WebpLibrary {
    private static final String PLACE = "com.luciad.imageio.webp.tmpdir";

    private WebpLibrary() {}

    /** Settles the place; to be called before the plug-in does anything. */
    static synchronized void prepare() {
        if (System.getProperty(PLACE) != null) {
            return;
        }
        try {
            System.setProperty(PLACE, TemporaryFolder.make("webp").toString());
        } catch (IOException e) {
            // The plug-in looks for a place itself and says what is wrong.
            System.getLogger(WebpLibrary.class.getName())
                    .log(System.Logger.Level.DEBUG, "no temporary folder for the WebP library", e);
        }
    }
}
