package dev.repsr.io;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where other processes of this program find its classes, however this one was started. */
public final class ClassPath {
    private static final String MODULE = "module-info.class";

    private ClassPath() {}

    /** For the option {@code -cp}: this process's class path, what is on its module path, and where this very class comes from. */
    public static String own() {
        String known = of(System.getProperty("java.class.path", ""), System.getProperty("jdk.module.path", ""));
        String here = here();
        // A class loader of its own, as spark-submit has for what it is given, is in neither.
        return here.isEmpty() || List.of(split(known)).contains(here) ? known : known + File.pathSeparator + here;
    }

    private static String here() {
        CodeSource source = ClassPath.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return "";
        }
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            // No file, so no other process finds it by a path.
            return "";
        }
    }

    static String of(String classPath, String modulePath) {
        List<String> parts = new ArrayList<>();
        // An empty part would be the folder one is in, whatever lies there.
        Stream.of(split(classPath)).filter(part -> !part.isEmpty()).forEach(parts::add);
        Stream.of(split(modulePath))
                .filter(part -> !part.isEmpty())
                .forEach(part -> parts.addAll(modules(Path.of(part))));
        return String.join(File.pathSeparator, parts);
    }

    private static String[] split(String path) {
        return path.split(File.pathSeparator, -1);
    }

    /** A part of a module path is a jar, the folder of one module, or a folder of jars and such folders. */
    private static List<String> modules(Path part) {
        if (!Files.isDirectory(part) || Files.exists(part.resolve(MODULE))) {
            return List.of(part.toString());
        }
        List<String> modules = new ArrayList<>(List.of(part.resolve("*").toString()));
        try (Stream<Path> all = Files.list(part)) {
            all.filter(each -> Files.exists(each.resolve(MODULE)))
                    .sorted()
                    .map(Path::toString)
                    .forEach(modules::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return modules;
    }
}
