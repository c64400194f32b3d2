package dev.repsr.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of a jar on the class path, from what Maven writes into it. */
final class MavenVersion {
    private MavenVersion() {}

    /** Such as "2.10.0-1.5.13"; "unpackaged" for classes that lie in a folder, as in a build. */
    static String of(String group, String artifact) {
        String path = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream stream = MavenVersion.class.getResourceAsStream(path)) {
            if (stream == null) {
                return "unpackaged";
            }
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
