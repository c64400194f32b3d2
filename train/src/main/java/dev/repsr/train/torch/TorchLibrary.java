package dev.repsr.train.torch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.Loader;

/** The files of libtorch, which JavaCPP unpacks into a user's cache when they are first needed. */
final class TorchLibrary {
    private TorchLibrary() {}

    /**
     * Loads the library of some classes. Of several programs that begin at a time one unpacks while the others wait: JavaCPP's own lock lets
     * a program write a file again that another has just loaded, and that other one dies.
     * A cache that cannot be written to is taken as it is.
     */
    @SuppressWarnings("try") // the lock is held by being open
    static synchronized void load(Class<?> presets) {
        try (FileChannel channel = FileChannel.open(
                        Loader.getCacheDir().toPath().resolve(".repsr.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            Loader.load(presets);
        } catch (IOException e) {
            // Nobody unpacks there, so there is nothing to wait for.
            Loader.load(presets);
        }
    }
}
