/**
 * The front door: {@link dev.repsr.Upscaler} enlarges pictures, {@link dev.repsr.Models} lists the networks. What follows is all that
 * enlarging needs; the other packages are behind these.
 *
 * <pre>{@code
 * Upscaler upscaler = Upscaler.load("repsr-m4c16-x2");    // costly, so keep it; any number of threads may use it
 * UpscaleJob job = upscaler.upscale(Path.of("photo.jpg")).onProgress(UpscaleProgress.percent(p -> System.out.println(p + " %")));
 * CompletableFuture<UpscaleResult> future = job.async(j -> j.toFile(Path.of("photo_x2.png")));
 * Runtime.getRuntime().addShutdownHook(new Thread(() -> future.cancel(true)));    // no half file is left
 * try {
 *     future.get().warnings().forEach(System.out::println);
 * } catch (ExecutionException e) {
 *     System.out.println(e.getCause().getMessage());    // one sentence: what, where, which limit, what to do
 * }
 * }</pre>
 *
 * <table>
 * <caption>The types that matter</caption>
 * <tr><td>{@link dev.repsr.Upscaler}</td><td>a network that is loaded, and how pictures are enlarged by it</td></tr>
 * <tr><td>{@link dev.repsr.UpscaleOptions}</td><td>threads, memory, limits, quality, metadata</td></tr>
 * <tr><td>{@link dev.repsr.TargetSize}</td><td>how large pictures become</td></tr>
 * <tr><td>{@link dev.repsr.UpscaleJob}</td><td>one picture: from where, to where, on which thread</td></tr>
 * <tr><td>{@link dev.repsr.UpscalePlan}</td><td>what a job will do, and with how much memory</td></tr>
 * <tr><td>{@link dev.repsr.UpscaleProgress}</td><td>how far it is</td></tr>
 * <tr><td>{@link dev.repsr.UpscaleResult}</td><td>what it did, and what is wrong with the picture</td></tr>
 * <tr><td>{@link dev.repsr.Models}</td><td>the networks that have a name</td></tr>
 * <tr><td>{@link dev.repsr.image.ImageType}</td><td>picture formats</td></tr>
 * <tr><td>{@link dev.repsr.image.ImageLimits}</td><td>how large a picture from a stranger may be</td></tr>
 * <tr><td>{@link dev.repsr.io.ByteBudget}</td><td>one memory for several upscalers</td></tr>
 * <tr><td>{@link dev.repsr.SelfCheckMode}</td><td>what is asked of each enlarged picture</td></tr>
 * </table>
 *
 * <p>What goes wrong is an {@code IOException} whose message is for the user: {@link dev.repsr.UnknownModel} and {@link
 * dev.repsr.format.ModelRefused} when a network is loaded; {@link dev.repsr.image.ImageRefused}, {@link dev.repsr.OutputRefused}, {@link
 * dev.repsr.check.OutputDisagrees} and {@link dev.repsr.UpscaleCancelled} when a picture is enlarged. A programmer's mistake is an {@code
 * IllegalArgumentException}, at once.
 *
 * <p>Java must be started with {@code --add-modules jdk.incubator.vector}; without it networks run four times slower. On the module path
 * this is the automatic module {@code dev.repsr.core}; a module that requires it also requires {@code java.desktop}.
 */
@NullMarked
package dev.repsr;

import org.jspecify.annotations.NullMarked;
