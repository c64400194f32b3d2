package dev.repsr.server.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Files that come with the program. */
final class Resources {
    private static final String FOLDER = "/dev/repsr/server/";

    private Resources() {}

    static byte[] read(String name) throws IOException {
        try (InputStream in = Resources.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is not among the resources");
            }
            return in.readAllBytes();
        }
    }
}
