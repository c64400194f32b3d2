package dev.repsr.installers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Makes of the distribution zip all that this platform can have without a JDK, each with its SHA-256 beside it. */
public final class Installers {
    private Installers() {}

    /**
     * Makes them and says which.
     *
     * @param arguments the zip, the folder with man pages, the folder for the results, the version
     * @throws IOException if something cannot be written or a tool fails
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path zip = Path.of(arguments[0]).toRealPath();
        Path folder = Files.createDirectories(Path.of(arguments[2])).toRealPath();
        String version = arguments[3];
        made(zip);
        if (!Tool.isInJdk("jlink")) {
            say("neither an image nor a Debian package is made here: this JDK has no jlink");
            return;
        }
        Image image = Image.make(zip, Path.of(arguments[1]).toRealPath(), folder.resolve("image"));
        made(image.pack(folder.resolve("repsr-" + version + "-" + platform() + ".tar.gz")));
        String obstacle = DebianPackage.obstacle();
        if (obstacle.isEmpty()) {
            made(new DebianPackage(image, version).make(folder));
        } else {
            say("no Debian package is made here: " + obstacle);
        }
    }

    /** System and processor, as in "linux-amd64". */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).split(" ", 2)[0];
        return system + "-" + System.getProperty("os.arch");
    }

    private static void made(Path file) throws IOException {
        Files.writeString(
                file.resolveSibling(file.getFileName() + ".sha256"), sha256(file) + "  " + file.getFileName() + "\n");
        say(String.format(Locale.ROOT, "%s, %.1f MB", file.getFileName(), Files.size(file) / 1e6));
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(bytes, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void say(String sentence) {
        System.out.println("installers: " + sentence);
    }
}
