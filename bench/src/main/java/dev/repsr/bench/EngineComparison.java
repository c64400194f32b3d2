package dev.repsr.bench;

import dev.repsr.network.Network;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares our engines with other runtimes: same weights, same picture, warm, in turns. Options:
 * {@link ComparisonArguments#USAGE}. Exit codes: 0, 1 where a runtime or the disk fails, 2 for wrong usage, 4 where our
 * result is not the one of ONNX Runtime.
 */
public final class EngineComparison {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int CHECK = 4;

    /** Random networks give values near 1; float32 in another order of summation is 100 times closer than this. */
    private static final double TOLERANCE = 1e-4;

    /** Native code is as fast the second time as ever. */
    private static final double OTHER_WARM_UP_SECONDS = 0.3;

    private final ComparisonArguments arguments;
    private final float[] picture;

    private EngineComparison(ComparisonArguments arguments) {
        this.arguments = arguments;
        this.picture = RandomNetworks.picture(arguments.width(), arguments.height(), 2);
    }

    /** Prints the tables, and writes them into a page where one was asked for. */
    public static void main(String[] commandLine) throws InterruptedException {
        try {
            new EngineComparison(ComparisonArguments.parse(commandLine)).run(System.out);
        } catch (IllegalArgumentException e) {
            fail(e.getMessage() + "\n" + ComparisonArguments.USAGE, USAGE);
        } catch (DifferentResult e) {
            fail(e.getMessage(), CHECK);
        } catch (IOException e) {
            fail(e.getMessage(), FAILED);
        }
    }

    private static void fail(@Nullable String message, int code) {
        System.err.println("bench: " + message);
        System.exit(code);
    }

    private static final class DifferentResult extends Exception {
        private static final long serialVersionUID = 1;

        DifferentResult(String message) {
            super(message);
        }
    }

    private void run(PrintStream out) throws IOException, InterruptedException, DifferentResult {
        for (NetworkSize size : arguments.nets()) {
            Network network = RandomNetworks.compact(size.body(), size.channels(), arguments.scale(), 1);
            SequencedMap<String, String> versions = new LinkedHashMap<>();
            List<Measured> all = new ArrayList<>();
            for (int threads : arguments.threads()) {
                all.add(compare(network, threads, versions));
            }
            String section = new ComparisonTables(arguments, network, versions).section(all);
            out.println(section);
            Path output = arguments.output();
            if (output != null) {
                SpeedPage.put(output, ComparisonTables.title(arguments, network), section);
            }
        }
    }

    private Measured compare(Network network, int threads, SequencedMap<String, String> versions)
            throws IOException, InterruptedException, DifferentResult {
        List<String> names = new ArrayList<>(arguments.engines());
        names.addAll(arguments.peers());
        List<Peer> peers = new ArrayList<>();
        try {
            for (String name : names) {
                peers.add(Peers.open(name, network, picture, arguments.width(), threads));
            }
            peers.forEach(peer -> versions.put(peer instanceof OurEngine ? "repsr" : peer.name(), peer.version()));
            double[] differences = differences(names, peers);
            return measure(network, threads, peers, differences);
        } finally {
            for (Peer peer : peers) {
                peer.close();
            }
        }
    }

    private double[] differences(List<String> names, List<Peer> peers) throws IOException, DifferentResult {
        double[] differences = new double[peers.size()];
        int onnx = names.indexOf("onnx");
        float[] expected = onnx < 0 ? new float[0] : peers.get(onnx).result();
        for (int i = 0; i < differences.length; i++) {
            differences[i] = onnx < 0
                    ? Double.NaN
                    : i == onnx ? 0 : difference(peers.get(i).result(), expected);
            if (differences[i] > TOLERANCE) {
                throw new DifferentResult("the result of " + peers.get(i).name() + " is " + differences[i]
                        + " away from the one of ONNX Runtime; at most " + TOLERANCE + " is allowed");
            }
        }
        return differences;
    }

    private Measured measure(Network network, int threads, List<Peer> peers, double[] differences)
            throws IOException, InterruptedException {
        List<Rounds.Turn> turns = new ArrayList<>();
        for (Peer peer : peers) {
            double seconds = peer instanceof OurEngine ? arguments.warmUp() : OTHER_WARM_UP_SECONDS;
            turns.add(new Rounds.Turn(peer::run, seconds));
        }
        FmaPeak peak = new FmaPeak(threads);
        int peakTurn = turns.size();
        turns.add(new Rounds.Turn(peak::run, OTHER_WARM_UP_SECONDS));
        Rounds rounds = Rounds.measure(turns, threads, arguments.rounds());
        double flop = (double) network.flopPerPixel() * arguments.width() * arguments.height();
        List<Measured.Row> rows = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            rows.add(new Measured.Row(
                    peers.get(i).name(),
                    rounds.median(i) / 1e6,
                    rounds.ratio(i, 0),
                    flop / rounds.median(i),
                    rounds.ratio(peakTurn, i) * flop / peak.flop(),
                    differences[i]));
        }
        return new Measured(network.size(), threads, peak.flop() / rounds.median(peakTurn), rows);
    }

    /** Largest difference, relative to values beyond the range of a picture; infinite if any is not a number. */
    static double difference(float[] actual, float[] expected) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }
}
