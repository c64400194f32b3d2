package dev.repsr.train.study;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The runs of an arm that differ in their seeds alone.
 *
 * @param rate the learning rate of all of them
 */
record ArmRuns(Arm arm, double rate, List<RunRecord> runs) {

    /** Keeps a copy. */
    ArmRuns {
        runs = List.copyOf(runs);
    }

    private Sample of(ToDoubleFunction<RunRecord> value) {
        return new Sample(runs.stream()
                .filter(run -> !run.failed())
                .mapToDouble(value)
                .filter(Double::isFinite)
                .boxed()
                .toList());
    }

    boolean is(ArmRuns other) {
        return arm.equals(other.arm);
    }

    long failures() {
        return runs.stream().filter(RunRecord::failed).count();
    }

    /** PSNR of Y of a set. */
    Sample luma(String set) {
        return of(run -> run.score(set).y());
    }

    Sample rgb(String set) {
        return of(run -> run.score(set).rgb());
    }

    Sample coreSeconds() {
        return of(RunRecord::coreSeconds);
    }

    Sample stepMillis() {
        return of(RunRecord::stepMillis);
    }

    /** Largest fall of the first set from one measurement to the next. */
    Sample setFall() {
        return of(run -> run.fall().set());
    }

    /** Largest fall of any picture. */
    Sample pictureFall() {
        return of(run -> run.fall().picture());
    }

    /** The picture that fell furthest in any run. */
    String fallenPicture() {
        return runs.stream()
                .max((a, b) -> Double.compare(a.fall().picture(), b.fall().picture()))
                .map(run -> run.fall().name())
                .orElse("");
    }

    Optional<RunRecord> any() {
        return runs.stream().filter(run -> !run.failed()).findFirst();
    }

    /** Mean PSNR of Y of a set at each measurement, with its spread; {@code at} 0 for iterations, 1 for core-seconds. */
    List<Sample> column(int column) {
        List<RunRecord> whole = runs.stream().filter(run -> !run.failed()).toList();
        int points = whole.stream().mapToInt(run -> run.curve().size()).min().orElse(0);
        return IntStream.range(0, points)
                .mapToObj(i -> new Sample(whole.stream()
                        .map(run -> run.curve().get(i).get(column))
                        .toList()))
                .toList();
    }

    /**
     * When the first set first reached a PSNR, between measurements by a straight line; of the runs that did.
     *
     * @param column of the curve: 0 for iterations, 1 for core-seconds
     */
    Sample reached(double target, int column) {
        return new Sample(runs.stream()
                .filter(run -> !run.failed())
                .map(run -> reached(run.curve(), target, column))
                .flatMap(when -> when.stream().boxed())
                .toList());
    }

    private static OptionalDouble reached(List<List<Double>> curve, double target, int column) {
        int psnr = 2;
        for (int i = 0; i < curve.size(); i++) {
            List<Double> point = curve.get(i);
            if (point.get(psnr) >= target) {
                if (i == 0) {
                    return OptionalDouble.of(point.get(column));
                }
                List<Double> before = curve.get(i - 1);
                double share = (target - before.get(psnr)) / (point.get(psnr) - before.get(psnr));
                return OptionalDouble.of(before.get(column) + share * (point.get(column) - before.get(column)));
            }
        }
        return OptionalDouble.empty();
    }
}
