package dev.repsr.train;

import dev.repsr.train.config.TrainConfig;
import java.nio.file.Path;
import java.util.Arrays;

/** A training in a process of its own, to be killed; goes on where there is a checkpoint. Arguments: configuration, output folder, overrides. */
final class TrainProcess {
    private TrainProcess() {}

    public static void main(String[] args) throws Exception {
        TrainConfig config =
                SmallRun.config(Path.of(args[0]), Path.of(args[1]), Arrays.copyOfRange(args, 2, args.length));
        new TrainRun(config, new RecordingListener()).run(true);
    }
}
