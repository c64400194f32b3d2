package dev.repsr.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;

/** Makes objects of bytes from strangers. */
final class Deserialises {
    private Deserialises() {}

    static Object read(InputStream bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream objects = new ObjectInputStream(bytes)) {
            return objects.readObject();
        }
    }
}
