package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.io.EOFException;
import java.io.IOException;

/** The border around decoders: those that are fed with broken data throw anything, and one checked refusal leaves. */
final class DecodeBorder {

    /** Something that decodes. */
    @FunctionalInterface
    interface Decoding<T> {
        T run() throws IOException;
    }

    private DecodeBorder() {}

    /** Runs {@code decoding}; whatever it throws becomes a refusal that names the picture. */
    static <T> T within(String name, Decoding<T> decoding) throws ImageRefused {
        try {
            return decoding.run();
        } catch (ImageRefused e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw tooLittleMemory(name, e);
        } catch (LinkageError e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new ImageRefused(
                    Reason.UNSUPPORTED,
                    name + " cannot be read: the library of its decoder cannot be loaded (" + why + "); "
                            + WebpLibrary.CURE,
                    e);
        } catch (EOFException e) {
            throw new ImageRefused(Reason.DAMAGED, name + " is damaged and cannot be read (it is cut off)", e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new ImageRefused(Reason.DAMAGED, name + " is damaged and cannot be read" + detail(e), e);
        }
    }

    static ImageRefused tooLittleMemory(String name, OutOfMemoryError e) {
        return new ImageRefused(
                Reason.TOO_LARGE, name + " needs more memory than there is; give Java more with -Xmx", e);
    }

    private static String detail(Throwable e) {
        return e instanceof IOException && e.getMessage() != null
                ? " (" + e.getMessage().lines().findFirst().orElse("") + ")"
                : "";
    }
}
