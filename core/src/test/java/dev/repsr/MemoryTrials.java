package dev.repsr;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that tries with how much memory pictures can be enlarged, beside what their plans say. Its heap has an old generation
 * alone that counts, and ballast fills that but for the memory of the trial, so that each trial is exact. For each file of a folder
 * it prints the name, the planned bytes, and whether a twentieth and {@link #SLACK} more were enough.
 */
final class MemoryTrials {
    /** For what every job takes whatever its picture: buffers of streams, a deflater, the JVM's own. */
    static final long SLACK = 512L << 10;

    private static final MemoryPoolMXBean OLD = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getName().equals("Tenured Gen"))
            .findFirst()
            .orElseThrow();

    private MemoryTrials() {}

    /**
     * Tries all files of a folder.
     *
     * @param arguments folder, format of the outputs, longest side of the outputs
     */
    public static void main(String[] arguments) throws IOException {
        ImageType type = ImageType.valueOf(arguments[1]);
        UpscaleOptions options = UpscaleOptions.defaults()
                .withThreads(1)
                .withEngine("scalar")
                .withTarget(new TargetSize.LongSide(Integer.parseInt(arguments[2])));
        Upscaler upscaler = Upscaler.of(TestModels.nearest(2), options);
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            long planned = upscaler.upscale(file).plan(type).mostBytes();
            long more = planned * 21 / 20 + SLACK;
            // The first time loads classes, which take memory too.
            boolean enough = isEnough(upscaler, file, type, more);
            enough = enough || isEnough(upscaler, file, type, more);
            System.out.println(file.getFileName() + " " + planned + " " + enough);
        }
    }

    private static boolean isEnough(Upscaler upscaler, Path file, ImageType type, long bytes) throws IOException {
        System.gc();
        long free = OLD.getUsage().getMax() - OLD.getUsage().getUsed();
        byte[] ballast = new byte[(int) Math.max(0, free - bytes)];
        try {
            upscaler.upscale(file).to(OutputStream.nullOutputStream(), type);
            return true;
        } catch (ImageRefused e) {
            if (e.reason() == ImageRefused.Reason.TOO_LARGE) {
                return false;
            }
            throw e;
        } catch (OutOfMemoryError e) {
            return false;
        } finally {
            Reference.reachabilityFence(ballast);
        }
    }
}
