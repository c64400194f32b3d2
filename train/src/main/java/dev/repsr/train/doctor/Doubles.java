package dev.repsr.train.doctor;

import dev.repsr.train.data.Fingerprint;
import dev.repsr.train.data.Survey;
import dev.repsr.train.data.SurveyedPicture;
import dev.repsr.train.doctor.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Finds pictures that are there twice: among those trained on, and, worse, among those and the ones measured on. */
final class Doubles {
    private static final int SHOWN = 10;

    /** A picture that can be compared. */
    private record Known(String name, Fingerprint print) {}

    private final List<Known> training = new ArrayList<>();
    private final List<Known> heldOut = new ArrayList<>();
    private final BiConsumer<Level, String> findings;

    Doubles(List<SurveyedPicture> pictures, BiConsumer<Level, String> findings) {
        this.findings = findings;
        for (SurveyedPicture picture : pictures) {
            Fingerprint print = picture.print();
            if (print != null) {
                (picture.heldOut() ? heldOut : training).add(new Known(picture.name(), print));
            }
        }
    }

    /** A picture that is there twice counts twice. */
    void amongTraining() {
        List<String> found = IntStream.range(1, training.size())
                .parallel()
                .boxed()
                .flatMap(i -> first(training.get(i).print(), i).stream()
                        .map(other -> training.get(i).name() + " looks like " + other.name()
                                + "; it will be trained on twice as often"))
                .toList();
        tell(Level.WARNING, found, "training pictures look like others");
    }

    private Optional<Known> first(Fingerprint print, int end) {
        return training.subList(0, end).stream()
                .filter(other -> other.print().matches(print))
                .findFirst();
    }

    /** Pictures kept apart that are trained on under another name. */
    void ofHeldOut() {
        leaks(heldOut);
    }

    /** Pictures of a validation set that are trained on. */
    void of(List<Survey.Measured> measured) {
        leaks(measured.stream()
                .flatMap(picture -> picture.print().map(print -> new Known(picture.name(), print)).stream())
                .toList());
    }

    private void leaks(List<Known> measured) {
        List<String> found = measured.parallelStream()
                .flatMap(picture -> leak(picture).stream())
                .toList();
        tell(Level.PROBLEM, found, "measured pictures are trained on");
    }

    /** Training shows the network all orientations of its pictures. */
    private Optional<String> leak(Known measured) {
        for (Fingerprint turned : measured.print().orientations()) {
            Optional<Known> same = first(turned, training.size());
            if (same.isPresent()) {
                return Optional.of(measured.name() + " is measured and, as "
                        + same.get().name() + ", trained on: its score will say nothing; remove one of them");
            }
        }
        return Optional.empty();
    }

    private void tell(Level level, List<String> found, String what) {
        found.stream().limit(SHOWN).forEach(message -> findings.accept(level, message));
        if (found.size() > SHOWN) {
            findings.accept(level, (found.size() - SHOWN) + " other " + what);
        }
    }
}
