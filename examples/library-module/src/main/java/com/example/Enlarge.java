package com.example;

import dev.repsr.UpscaleJob;
import dev.repsr.UpscaleProgress;
import dev.repsr.UpscaleResult;
import dev.repsr.Upscaler;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Enlarges a picture file to twice its size, within a minute: {@code Enlarge small.jpg large.png}. */
public final class Enlarge {
    private Enlarge() {}

    public static void main(String[] arguments) throws Exception {
        Upscaler upscaler = Upscaler.load("repsr-m4c16-x2");
        UpscaleJob job = upscaler.upscale(Path.of(arguments[0]))
                .onProgress(UpscaleProgress.percent(percent -> System.err.print("\r" + percent + " %")));
        CompletableFuture<UpscaleResult> future =
                job.async(started -> started.toFile(Path.of(arguments[1]))).orTimeout(1, TimeUnit.MINUTES);
        try {
            UpscaleResult result = future.get();
            System.out.println(Enlarge.class.getModule().getName() + " " + result.width() + "x" + result.height());
        } catch (ExecutionException e) {
            System.err.println(e.getCause().getMessage());
            System.exit(1);
        }
    }
}
