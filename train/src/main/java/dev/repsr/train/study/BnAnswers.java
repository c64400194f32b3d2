package dev.repsr.train.study;

import dev.repsr.train.study.Sample.Noise;
import dev.repsr.train.study.Sample.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The questions about batch normalisation, answered from the runs of one size.
 *
 * @param judge of its arms
 */
record BnAnswers(Judge judge) {

    /** One sentence a question that the arms can answer. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        Optional<ArmRuns> never = judge.of(BnStudy.NEVER);
        if (never.isEmpty()) {
            return List.of("Without the arm never there is nothing to compare with.");
        }
        sentences.add(summary(never.get()));
        judge.of(BnStudy.BATCH).ifPresent(batch -> {
            sentences.add(
                    "Statistics of each batch to the end, against none: " + judge.difference(batch, never.get()) + ".");
            sentences.add(speed(batch, never.get()));
            sentences.add(jumps(batch, never.get()));
        });
        for (int share : BnStudy.SHARES) {
            judge.of(BnStudy.frozen(share, false, true)).ifPresent(frozen -> {
                sentences.add(
                        "Frozen at " + share + " %, against none: " + judge.difference(frozen, never.get()) + ".");
                judge.of(BnStudy.BATCH)
                        .ifPresent(batch -> sentences.add("Frozen at " + share
                                + " %, against batch statistics to the end: " + judge.difference(frozen, batch) + "."));
            });
        }
        for (int share : BnStudy.SHARES) {
            for (boolean folded : List.of(true, false)) {
                pair(
                        "Re-estimated against running statistics, frozen at " + share + " %"
                                + (folded ? ", folded" : ", unfolded"),
                        BnStudy.frozen(share, false, folded),
                        BnStudy.frozen(share, true, folded),
                        sentences);
            }
            for (boolean running : List.of(false, true)) {
                pair(
                        "Folded against unfolded, frozen at " + share + " %" + (running ? ", running statistics" : ""),
                        BnStudy.frozen(share, running, true),
                        BnStudy.frozen(share, running, false),
                        sentences);
            }
        }
        return sentences;
    }

    private void pair(String question, Arm first, Arm second, List<String> sentences) {
        judge.of(first)
                .ifPresent(a ->
                        judge.of(second).ifPresent(b -> sentences.add(question + ": " + judge.difference(a, b) + ".")));
    }

    private String summary(ArmRuns never) {
        int better = 0;
        int worse = 0;
        int open = 0;
        for (ArmRuns runs : judge.arms()) {
            if (!runs.is(never) && !runs.luma(judge.main()).isEmpty()) {
                switch (judge.luma(runs, never, judge.main())) {
                    case HIGHER -> better++;
                    case LOWER -> worse++;
                    case UNDECIDED -> open++;
                }
            }
        }
        return String.format(
                Locale.ROOT,
                "Of %d arms with batch normalisation %d end better on %s than the one without, %d worse, and %d are not decided.",
                better + worse + open,
                better,
                judge.main(),
                worse,
                open);
    }

    private String speed(ArmRuns batch, ArmRuns never) {
        return String.format(
                Locale.ROOT,
                "What none has on %s in the middle of its run (%.2f dB), batch statistics reach %s by iterations (%s) and %s by"
                        + " core-seconds (%s).",
                judge.main(),
                judge.target(never),
                earlier(judge.speed(batch, never, false)),
                judge.speedFigures(batch, never, false),
                earlier(judge.speed(batch, never, true)),
                judge.speedFigures(batch, never, true));
    }

    private static String earlier(Verdict verdict) {
        return switch (verdict) {
            case LOWER -> "earlier";
            case HIGHER -> "later";
            case UNDECIDED -> "at a time that is not decided";
        };
    }

    private String jumps(ArmRuns batch, ArmRuns never) {
        Noise noise = judge.noise(ArmRuns::pictureFall);
        return String.format(
                Locale.ROOT,
                "The largest fall of a picture from one measurement to the next is %s dB with batch statistics and %s dB without: %s.",
                batch.pictureFall().text(3),
                never.pictureFall().text(3),
                switch (noise.compare(batch.pictureFall(), never.pictureFall())) {
                    case HIGHER -> "larger";
                    case LOWER -> "smaller";
                    case UNDECIDED -> "the difference is not decided";
                });
    }

    /** A row for each claim of the paper that these arms can test, the head first. */
    List<List<String>> claims() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Claim", "Judgement", "By"));
        Optional<ArmRuns> never = judge.of(BnStudy.NEVER);
        Optional<ArmRuns> batch = judge.of(BnStudy.BATCH);
        if (never.isEmpty() || batch.isEmpty()) {
            return rows;
        }
        rows.add(claim(
                "Batch normalisation converges faster, by iterations",
                judge.speed(batch.get(), never.get(), false),
                Verdict.LOWER,
                "iterations until " + String.format(Locale.ROOT, "%.2f dB", judge.target(never.get())) + ": "
                        + judge.speedFigures(batch.get(), never.get(), false)));
        rows.add(claim(
                "Batch normalisation converges faster, by core-seconds",
                judge.speed(batch.get(), never.get(), true),
                Verdict.LOWER,
                "core-seconds until the same: " + judge.speedFigures(batch.get(), never.get(), true)));
        rows.add(claim(
                "With batch statistics to the end, validation jumps",
                judge.noise(ArmRuns::pictureFall)
                        .compare(batch.get().pictureFall(), never.get().pictureFall()),
                Verdict.HIGHER,
                "largest fall of a picture, dB: " + batch.get().pictureFall().text(3) + " against "
                        + never.get().pictureFall().text(3)));
        latest().ifPresent(frozen -> {
            rows.add(claim(
                    "Freezing late, as " + frozen.arm().name() + ", is better than batch statistics to the end",
                    judge.luma(frozen, batch.get(), judge.main()),
                    Verdict.HIGHER,
                    judge.difference(frozen, batch.get())));
            rows.add(claim(
                    "The block with batch normalisation, as " + frozen.arm().name() + ", ends better than without",
                    judge.luma(frozen, never.get(), judge.main()),
                    Verdict.HIGHER,
                    judge.difference(frozen, never.get())));
        });
        return rows;
    }

    /** The arm that freezes latest, re-estimated and folded, but not quite at the end. */
    private Optional<ArmRuns> latest() {
        return BnStudy.SHARES.reversed().stream()
                .map(share -> judge.of(BnStudy.frozen(share, false, true)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<String> claim(String claim, Verdict found, Verdict claimed, String figure) {
        String judgement =
                found == Verdict.UNDECIDED ? "not decided" : found == claimed ? "confirmed" : "not confirmed";
        return List.of(claim, judgement, figure);
    }
}
