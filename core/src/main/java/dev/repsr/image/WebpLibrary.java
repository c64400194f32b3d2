package dev.repsr.image;

import dev.repsr.io.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The native library of the plug-in for WebP. It is tried out before the plug-in does anything, with a copy of our own: the plug-in
 * prints a trace where it cannot load it.
 */
final class WebpLibrary {
    private static final String PLACE = "com.luciad.imageio.webp.tmpdir";
    private static final String SYSTEM = "com.luciad.imageio.webp.internal.OsInfo";
    private static final String LIBRARY = "webp-imageio";

    /** What most often helps. */
    static final String CURE =
            "the folder for temporary files has to take files that may be run (JDK_JAVA_OPTIONS=-Djava.io.tmpdir=DIR"
                    + " names another)";

    private static boolean tried;
    private static @Nullable String problem;

    private WebpLibrary() {}

    /** Why it cannot be used, the first time that this is asked and ever after; null if it can. */
    static synchronized @Nullable String problem() {
        if (!tried) {
            problem = tryOut();
            tried = true;
        }
        return problem;
    }

    /**
     * Makes it ready; to be called before the plug-in does anything.
     *
     * @throws UnsatisfiedLinkError if it cannot be used
     */
    static void require() {
        String why = problem();
        if (why != null) {
            throw new UnsatisfiedLinkError(why);
        }
    }

    private static @Nullable String tryOut() {
        try {
            String given = System.getProperty(PLACE);
            // A folder that a later run can tell to be left over.
            Path folder = given == null ? TemporaryFolder.make("webp") : Path.of(given);
            System.setProperty(PLACE, folder.toString());
            load(folder);
            return null;
        } catch (IOException e) {
            return "no file can be put into " + System.getProperty("java.io.tmpdir")
                    + ", the folder for temporary files";
        } catch (ReflectiveOperationException e) {
            // Another version of the plug-in, or none: it says itself what is wrong.
            System.getLogger(WebpLibrary.class.getName())
                    .log(System.Logger.Level.DEBUG, "the WebP library is not tried out", e);
            return null;
        } catch (LinkageError e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }

    /** As the plug-in does it: from its jar or, for systems that it has none for, from where Java looks for libraries. */
    @SuppressWarnings("restricted") // the plug-in does the same, in the same module where there are no modules
    private static void load(Path folder) throws IOException, ReflectiveOperationException {
        Class<?> system = Class.forName(SYSTEM);
        String part =
                (String) system.getMethod("getNativeLibFolderPathForCurrentOS").invoke(null);
        String file = System.mapLibraryName(LIBRARY);
        try (InputStream bytes = system.getResourceAsStream("/native/" + part + "/" + file)) {
            if (bytes == null) {
                System.loadLibrary(LIBRARY);
            } else {
                System.load(TemporaryFolder.put(folder, file, bytes).toString());
            }
        }
    }
}
