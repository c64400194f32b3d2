package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.ShortName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;

/** What completes the name of a model: short names and built-in ones. */
final class ModelNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        try {
            return Stream.concat(
                            Arrays.stream(ShortName.values()).map(ShortName::word),
                            Models.list().stream().map(Models.BuiltIn::name))
                    .iterator();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
