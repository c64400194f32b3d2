package dev.repsr.train.vector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes classes from templates. Distances between pixels and the width of vectors have to be constants of a class for C2 to make the
 * best of its loops (with distances in variables a step takes a quarter to a third longer). So a template reads them from its
 * class data, and for each combination that is asked for the same bytes are defined again as a hidden class of their own.
 */
final class Templates {
    private static final Lookup HERE = MethodHandles.lookup();
    private static final Map<List<Object>, Object> MADE = new ConcurrentHashMap<>();

    private Templates() {}

    /**
     * An instance of a class like {@code template}, with constants of its own; the same one for the same constants.
     *
     * @param template a class of this package with a constructor without parameters, which reads {@link #constant}
     * @param kind what it implements
     */
    static <T> T make(Class<T> kind, Class<? extends T> template, Integer... constants) {
        return kind.cast(
                MADE.computeIfAbsent(List.of(template, List.of(constants)), key -> define(template, constants)));
    }

    private static Object define(Class<?> template, Integer... constants) {
        String file = template.getSimpleName() + ".class";
        try (InputStream in = template.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the program's own class " + file + " is missing");
            }
            Lookup made = HERE.defineHiddenClassWithClassData(in.readAllBytes(), List.of(constants), true);
            return made.lookupClass().getDeclaredConstructor().newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(template + " is no template", e);
        }
    }

    /** Constant {@code index} of the class that looks; 1 in the template itself, which is never used. */
    static int constant(Lookup lookup, int index) {
        try {
            List<?> data = MethodHandles.classData(lookup, java.lang.constant.ConstantDescs.DEFAULT_NAME, List.class);
            return data == null ? 1 : (Integer) data.get(index);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
