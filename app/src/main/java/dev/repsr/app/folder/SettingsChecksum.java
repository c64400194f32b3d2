package dev.repsr.app.folder;

import dev.repsr.UpscaleOptions;
import dev.repsr.Upscaler;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.io.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** What outputs are known by, beside their inputs. */
public final class SettingsChecksum {
    private SettingsChecksum() {}

    /** Checksum of everything but the input that decides what an output holds. */
    public static String of(Upscaler upscaler) throws IOException {
        MessageDigest digest = Sha256.digest();
        for (Model model : upscaler.models()) {
            ModelFile.write(model, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        UpscaleOptions options = upscaler.options();
        String text = String.join(
                "\n",
                upscaler.model().name(),
                options.engine(),
                options.target().toString(),
                Integer.toString(options.jpegQuality()),
                Boolean.toString(options.strip()),
                Boolean.toString(options.strict()));
        // Only where they are on: what an earlier version entered without knowing of them is confirmed still.
        text += options.ensemble() ? "\nensemble" : "";
        text += upscaler.mayRunTwo() ? "\ntwo networks in turn" : "";
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return Sha256.hex(digest);
    }
}
