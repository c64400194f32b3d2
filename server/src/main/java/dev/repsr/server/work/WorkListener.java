package dev.repsr.server.work;

import dev.repsr.UpscaleResult;
import java.time.Duration;

/** Is told of pictures that are done. */
@FunctionalInterface
public interface WorkListener {
    /** One picture is done, after so long at work. */
    void enlarged(UpscaleResult result, Duration worked);
}
