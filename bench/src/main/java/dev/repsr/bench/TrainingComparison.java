package dev.repsr.bench;

import dev.repsr.block.Topology;
import dev.repsr.train.StepWork;
import dev.repsr.train.StepWork.Engine;
import dev.repsr.train.StepWork.Kind;
import dev.repsr.train.engine.Alone;
import dev.repsr.train.engine.Form;
import dev.repsr.train.step.JavaTrainer;
import dev.repsr.train.torch.TorchTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares steps of training with libtorch's: same network, same weights, same batch, warm, in turns, on one thread; and our own on two
 * threads with those on one. Prints tables in Markdown, and writes them into a page where one is asked for. Exit codes: 0, 1 where
 * something fails, 2 for wrong usage, 4 where the losses differ.
 */
public final class TrainingComparison {
    private static final String NETS = "m4c16-x2,m4c16-x4,m10c32-x4,m16c64-x4";
    private static final String USAGE = "Options: --nets " + NETS + " --pairs 9 --warm-up 4 -o FILE";
    private static final String TITLE = "Training";
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int CHECK = 4;
    private static final double NATIVE_WARM_UP_SECONDS = 0.5;

    /** The loss before the first step is the mean of some 10^5 differences of about 0.3, in another order of summation. */
    private static final double TOLERANCE = 1e-5;

    private final List<Net> nets;
    private final int rounds;
    private final int warmUp;

    /** A network of that size and scale. */
    private record Net(NetworkSize size, int scale) {
        static Net parse(String text) {
            String[] parts = text.toLowerCase(Locale.ROOT).split("-x", -1);
            if (parts.length != 2 || !parts[1].matches("[1-4]")) {
                throw new IllegalArgumentException("a network such as m4c16-x2 is expected, not " + text);
            }
            return new Net(NetworkSize.parse(parts[0]), Integer.parseInt(parts[1]));
        }

        Topology topology(Kind kind) {
            return StepWork.topology(size.body(), size.channels(), scale, kind);
        }

        @Override
        public String toString() {
            return size + " x" + scale;
        }
    }

    private static final class DifferentLoss extends Exception {
        private static final long serialVersionUID = 1;

        DifferentLoss(String message) {
            super(message);
        }
    }

    private TrainingComparison(List<Net> nets, int rounds, int warmUp) {
        this.nets = nets;
        this.rounds = rounds;
        this.warmUp = warmUp;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(arguments);
        } catch (IllegalArgumentException e) {
            fail(e.getMessage() + "\n" + USAGE, WRONG_USAGE);
        } catch (DifferentLoss e) {
            fail(String.valueOf(e.getMessage()), CHECK);
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()), FAILED);
        }
    }

    private static void fail(String message, int code) {
        System.err.println("bench: " + message);
        System.exit(code);
    }

    private static void run(String... arguments) throws IOException, InterruptedException, DifferentLoss {
        String nets = NETS;
        int rounds = 9;
        int warmUp = 4;
        Path output = null;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("a value is expected after " + arguments[i]);
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--nets" -> nets = value;
                case "--pairs" -> rounds = Integer.parseInt(value);
                case "--warm-up" -> warmUp = Integer.parseInt(value);
                case "-o" -> output = Path.of(value);
                default -> throw new IllegalArgumentException("there is no option " + arguments[i]);
            }
        }
        List<Net> parsed = List.of(nets.split(",", -1)).stream().map(Net::parse).toList();
        String command = "bench/run train --nets %s --pairs %d --warm-up %d".formatted(nets, rounds, warmUp);
        String section = new TrainingComparison(parsed, rounds, warmUp).section(command);
        System.out.print(section);
        if (output != null) {
            SpeedPage.put(output, TITLE, section);
        }
    }

    private String section(String command) throws IOException, InterruptedException, DifferentLoss {
        StringBuilder text = new StringBuilder(SpeedPage.trainingHead(rounds));
        text.append("Command: `").append(command).append("`.\n");
        text.append("Machine: ").append(Machine.processor()).append(".\n");
        text.append("Java: ").append(Machine.java()).append(".\n");
        text.append("Versions: libtorch ")
                .append(MavenVersion.of("org.bytedeco", "pytorch"))
                .append(".\n");
        text.append("""

                | network | step | repsr ms | of the peak | libtorch ms | libtorch / repsr | libtorch, branches, ms | branches / repsr |
                | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        for (Net net : nets) {
            for (Kind kind : Kind.values()) {
                text.append(row(net, kind));
            }
        }
        text.append("""

                | network | step | one thread, ms | two threads, ms | one / two |
                | --- | --- | ---: | ---: | ---: |
                """);
        for (Net net : nets) {
            for (Kind kind : List.of(Kind.FROZEN, Kind.BATCH)) {
                text.append(threadsRow(net, kind));
            }
        }
        return text.toString();
    }

    private static Engine java() {
        return (settings, initial) -> new JavaTrainer(settings, initial, new Alone());
    }

    private static Engine torch() {
        return TorchTrainer::new;
    }

    /** Ours, libtorch's, libtorch's by branches where that is another form, and the peak. */
    private String row(Net net, Kind kind) throws IOException, InterruptedException, DifferentLoss {
        Topology topology = net.topology(kind);
        List<StepWork> works = new ArrayList<>();
        try {
            works.add(StepWork.open(java(), topology, kind, Form.MERGED, 1));
            works.add(StepWork.open(torch(), topology, kind, Form.MERGED, 1));
            if (kind == Kind.FROZEN) {
                works.add(StepWork.open(torch(), topology, kind, Form.BRANCHES, 1));
            }
            requireEqualLosses(works, net + ", " + kind.label());
            FmaPeak peak = new FmaPeak(1);
            Rounds measured = measure(works, peak, 1);
            double share = StepWork.flop(topology) / peak.flop() * measured.ratio(works.size(), 0);
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %.0f %% | %.1f | %.2f | %s |\n",
                    net,
                    kind.label(),
                    measured.median(0) / 1e6,
                    100 * share,
                    measured.median(1) / 1e6,
                    measured.ratio(1, 0),
                    kind == Kind.FROZEN
                            ? String.format(Locale.ROOT, "%.1f | %.2f", measured.median(2) / 1e6, measured.ratio(2, 0))
                            : "- | -");
        } finally {
            works.forEach(StepWork::close);
        }
    }

    private static void requireEqualLosses(List<StepWork> works, String what) throws IOException, DifferentLoss {
        float expected = works.getFirst().step();
        for (StepWork work : works.subList(1, works.size())) {
            float loss = work.step();
            if (!(Math.abs(loss - expected) <= TOLERANCE * expected)) {
                throw new DifferentLoss(what + ": the loss is " + expected + " by repsr and " + loss + " by libtorch");
            }
        }
    }

    private Rounds measure(List<StepWork> works, FmaPeak peak, int threads) throws IOException, InterruptedException {
        List<Rounds.Turn> turns = new ArrayList<>();
        for (StepWork work : works) {
            turns.add(new Rounds.Turn(work::step, work == works.getFirst() ? warmUp : NATIVE_WARM_UP_SECONDS));
        }
        turns.add(new Rounds.Turn(peak::run, NATIVE_WARM_UP_SECONDS));
        return Rounds.measure(turns, threads, rounds);
    }

    private String threadsRow(Net net, Kind kind) throws IOException, InterruptedException {
        Topology topology = net.topology(kind);
        try (StepWork one = StepWork.open(java(), topology, kind, Form.MERGED, 1);
                StepWork two = StepWork.open(java(), topology, kind, Form.MERGED, 2)) {
            Rounds measured = measure(List.of(one, two), new FmaPeak(2), 2);
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %.2f | %.2f |\n",
                    net,
                    kind.label(),
                    measured.median(0) / 1e6,
                    measured.median(1) / 1e6,
                    measured.ratio(0, 1));
        }
    }
}
