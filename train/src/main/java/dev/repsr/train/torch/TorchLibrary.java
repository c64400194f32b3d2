package dev.repsr.train.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.Loader;

/** The files of libtorch, which JavaCPP unpacks into a user's cache when they are first needed. */
final class TorchLibrary {
    private TorchLibrary() {}

    /**
     * Loads the library of some classes. Of several programs that begin at a time one unpacks while the others wait: JavaCPP's own lock lets
     * a program write a file again that another has just loaded, and that other one dies.
     *
     * @throws UncheckedIOException if the cache cannot be written to
     */
    @SuppressWarnings("try")
    static synchronized void load(Class<?> presets) {
        try {
            Path lock = Loader.getCacheDir().toPath().resolve(".repsr.lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                Loader.load(presets);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
