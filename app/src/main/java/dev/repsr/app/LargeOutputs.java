package dev.repsr.app;

import dev.repsr.image.ImageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Outputs that take many times the room of their inputs, to be remarked at the end together with the option that helps. */
final class LargeOutputs {
    private static final int MANY_TIMES = 10;

    /** Nobody minds less than this. */
    private static final long LITTLE = 1 << 20;

    private int count;
    private double mostTimes;
    private String most = "";
    private String help = "";

    /** Looks at an output that is whole. */
    void add(OutputPlan.Target target) {
        if (target.isFromStandardInput() || target.isToStandardOutput()) {
            return;
        }
        long before = bytes(target.inputFile());
        long after = bytes(target.outputFile());
        if (after < LITTLE || after <= MANY_TIMES * before) {
            return;
        }
        count++;
        double times = after / (double) Math.max(1, before);
        if (times > mostTimes) {
            mostTimes = times;
            most = target.output() + " has " + ByteSize.words(after) + ", " + Math.round(times) + " times as much as "
                    + target.input();
            help = help(target.type());
        }
    }

    private static String help(ImageType type) {
        return switch (type) {
            case PNG, TIFF, GIF, BMP, PNM -> "-f jpg or -f webp writes a smaller file";
            case JPEG, WEBP -> "--quality 85, say, writes a smaller file";
        };
    }

    /** What is gone again has no bytes. */
    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** One sentence; empty if there is nothing to remark. */
    Optional<String> remark() {
        if (count == 0) {
            return Optional.empty();
        }
        String others =
                count == 1 ? "" : " (" + count + " files have more than " + MANY_TIMES + " times their input's bytes)";
        return Optional.of(most + others + "; " + help);
    }
}
