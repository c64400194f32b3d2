package dev.repsr.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Reads a picture with a decoding worker; says which module this is and how wide the picture. */
public final class ModulePathProgram {
    private ModulePathProgram() {}

    /** Reads the picture that is named. */
    public static void main(String[] arguments) throws IOException {
        ReadOptions options = new ReadOptions(ImageLimits.defaults(), Long.MAX_VALUE, Duration.ofMinutes(2));
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]));
                PictureSource source = ImageReader.open(in, arguments[0], options)) {
            int width = source.picture().width();
            System.out.println(ModulePathProgram.class.getModule().getName() + " " + width);
        }
        DecodeWorkers.shared().close();
    }
}
