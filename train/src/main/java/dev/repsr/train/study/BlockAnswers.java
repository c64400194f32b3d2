package dev.repsr.train.study;

import dev.repsr.train.study.Sample.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The questions about blocks, answered from the runs of one size.
 *
 * @param judge of its arms
 */
record BlockAnswers(Judge judge) {

    /** A sentence for each pair of arms that makes a question. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(ranking());
        pair(
                "RepSR's block without normalisation, against plain convolutions",
                BlockStudy.REPSR,
                BlockStudy.PLAIN,
                sentences);
        pair("A start near the identity, against plain convolutions", BlockStudy.IDENTITY, BlockStudy.PLAIN, sentences);
        pair("RepSR's block, against a start near the identity", BlockStudy.REPSR, BlockStudy.IDENTITY, sentences);
        pair(
                "RepSR's block with batch normalisation, against without",
                BlockStudy.REPSR_BN,
                BlockStudy.REPSR,
                sentences);
        pair("RepSR's block, against ECBSR as published", BlockStudy.REPSR, BlockStudy.ECB_PUBLISHED, sentences);
        pair(
                "RepSR's block with batch normalisation, against ECBSR as published",
                BlockStudy.REPSR_BN,
                BlockStudy.ECB_PUBLISHED,
                sentences);
        pair(
                "ECBSR's block in the body alone, against head and tail, too",
                BlockStudy.ECB,
                BlockStudy.ECB_PUBLISHED,
                sentences);
        pair("ECBSR's block with the identity, against without", BlockStudy.ECB_RESIDUAL, BlockStudy.ECB, sentences);
        for (Arm arm : List.of(BlockStudy.REPSR, BlockStudy.REPSR_BN)) {
            for (String change : BlockStudy.CHANGES.keySet()) {
                pair(
                        arm.name() + " with " + change + ", against as published",
                        BlockStudy.changed(arm, change),
                        arm,
                        sentences);
            }
        }
        for (Arm arm : BlockStudy.OPTIMISED) {
            pair("Muon against the configuration's optimiser, " + arm.name(), BlockStudy.muon(arm), arm, sentences);
        }
        for (Arm arm : BlockStudy.OPTIMISED) {
            if (!arm.equals(BlockStudy.PLAIN)) {
                pair(
                        "With Muon, " + arm.name() + " against plain convolutions",
                        BlockStudy.muon(arm),
                        BlockStudy.muon(BlockStudy.PLAIN),
                        sentences);
            }
        }
        return sentences;
    }

    /** The best arm, and those that are not decided against it. */
    private String ranking() {
        Optional<ArmRuns> best = judge.arms().stream()
                .filter(runs -> !runs.luma(judge.main()).isEmpty())
                .max(Comparator.comparingDouble(runs -> runs.luma(judge.main()).mean()));
        if (best.isEmpty()) {
            return "No arm came to a result.";
        }
        List<String> close = judge.arms().stream()
                .filter(runs -> !runs.is(best.get()) && judge.luma(best.get(), runs, judge.main()) == Verdict.UNDECIDED)
                .map(runs -> runs.arm().name())
                .toList();
        return "The highest on " + judge.main() + " is " + best.get().arm().name() + " with "
                + best.get().luma(judge.main()).text(3) + " dB; "
                + (close.isEmpty()
                        ? "all others are worse."
                        : "not decided against it: " + String.join("; ", close) + ".");
    }

    private void pair(String question, Arm first, Arm second, List<String> sentences) {
        judge.of(first)
                .ifPresent(a ->
                        judge.of(second).ifPresent(b -> sentences.add(question + ": " + judge.difference(a, b) + ".")));
    }

    /** A row for each claim of the paper that these arms can test, the head first. */
    List<List<String>> claims() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Claim", "Judgement", "By"));
        claim(
                "RepSR's block with batch normalisation is better than a plain network",
                BlockStudy.REPSR_BN,
                BlockStudy.PLAIN,
                rows);
        claim("It is better than ECBSR's block", BlockStudy.REPSR_BN, BlockStudy.ECB_PUBLISHED, rows);
        claim("Batch normalisation makes it better", BlockStudy.REPSR_BN, BlockStudy.REPSR, rows);
        claim(
                "The clean residual path makes it better",
                BlockStudy.REPSR_BN,
                BlockStudy.changed(BlockStudy.REPSR_BN, "no residual"),
                rows);
        claim(
                "Two paths are better than one",
                BlockStudy.REPSR_BN,
                BlockStudy.changed(BlockStudy.REPSR_BN, "1 path"),
                rows);
        claim(
                "Expanding the channels makes it better",
                BlockStudy.REPSR_BN,
                BlockStudy.changed(BlockStudy.REPSR_BN, "expand 1"),
                rows);
        return rows;
    }

    private void claim(String claim, Arm first, Arm second, List<List<String>> rows) {
        judge.of(first).ifPresent(a -> judge.of(second).ifPresent(b -> rows.add(claim(claim, judge, a, b))));
    }

    /** A claim that the first is better than the second. */
    static List<String> claim(String claim, Judge judge, ArmRuns first, ArmRuns second) {
        return List.of(
                claim,
                switch (judge.luma(first, second, judge.main())) {
                    case HIGHER -> "confirmed";
                    case LOWER -> "not confirmed";
                    case UNDECIDED -> "not decided";
                },
                judge.difference(first, second));
    }
}
