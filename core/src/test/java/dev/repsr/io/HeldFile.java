package dev.repsr.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A program that locks a file, says so by a letter, and holds it until it is killed or its input ends. */
final class HeldFile {
    private HeldFile() {}

    public static void main(String[] arguments) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            System.out.write(lock.isValid() ? '1' : '0');
            System.out.flush();
            while (System.in.read() >= 0) {
                lock.acquiredBy();
            }
        }
    }
}
