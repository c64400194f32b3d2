package dev.repsr.train;

import dev.repsr.metric.SetScore;
import dev.repsr.train.config.TrainConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What speaks against the result of a run, by its validation pictures.
 *
 * @param verdict in a few words
 * @param evidence PSNR of Y, set by set
 * @param advice what helps
 */
record Judgement(String verdict, String evidence, String advice) {

    /** The log, which remembers the start, has four digits. */
    private static final double ROUNDING = 1e-4;

    /**
     * Compares with bicubic enlargement and with what the run began with.
     *
     * @param sets measured with the finished network
     * @param start the row of the log before the first step, if the start was measured
     */
    static List<Judgement> of(TrainConfig config, List<SetScore> sets, Optional<TrainLog.Row> start) {
        List<Judgement> judgements = new ArrayList<>();
        String notBetter = listed(
                sets.stream().filter(set -> !(set.psnrY() > set.bicubicPsnrY())).toList(),
                "bicubic",
                SetScore::bicubicPsnrY);
        if (!notBetter.isEmpty()) {
            judgements.add(new Judgement(
                    "not better than bicubic enlargement", notBetter, "train longer or with another optimiser.rate"));
        }
        if (start.isPresent() && config.start().given().isPresent()) {
            ToDoubleFunction<SetScore> before = set -> start.get().scores().get(2 * sets.indexOf(set));
            String worse = listed(
                    sets.stream()
                            .filter(set -> set.psnrY() < before.applyAsDouble(set) - ROUNDING)
                            .toList(),
                    "the start",
                    before);
            if (!worse.isEmpty()) {
                judgements.add(new Judgement(
                        "worse than its start " + config.start().from().getFileName(),
                        worse,
                        "a lower optimiser.rate keeps more of it"));
            }
        }
        return judgements;
    }

    private static String listed(List<SetScore> sets, String other, ToDoubleFunction<SetScore> psnr) {
        return sets.stream()
                .map(set -> String.format(
                        Locale.ROOT,
                        "%s %.2f dB of Y (%s %.2f)",
                        set.name(),
                        set.psnrY(),
                        other,
                        psnr.applyAsDouble(set)))
                .collect(Collectors.joining(", "));
    }

    /** The sentence of the log. */
    String warning() {
        return "warning: the network is " + verdict + ": " + evidence + "; " + advice;
    }
}
