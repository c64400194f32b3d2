package dev.repsr;

import dev.repsr.engine.Engine;
import dev.repsr.format.Model;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The models that an upscaler chooses from: one that was named, or one of each scale, which are loaded when first needed. Where
 * these are several, two may run in turn.
 */
final class LoadedModels {
    /** Enlargements this little above a network's scale are made by it, and a resampling step for the rest. */
    private static final double ROUNDING = 1e-9;

    private final Engine engine;
    private final LoadedModel usual;
    private final TreeMap<Integer, Candidate> candidates = new TreeMap<>();

    /**
     * A model that may run.
     *
     * @param opening gives it; called once at most
     */
    record Candidate(int scale, Opening opening) {
        static Candidate of(Models.BuiltIn builtIn) {
            return new Candidate(builtIn.scale(), () -> Models.open(builtIn.name()));
        }
    }

    /** Where a model comes from. */
    @FunctionalInterface
    interface Opening {
        Model open() throws IOException;
    }

    private final TreeMap<Integer, LoadedModel> loaded = new TreeMap<>();

    /** Those that take the first place where a picture is in poor condition, by scale. */
    private final TreeMap<Integer, Candidate> photos = new TreeMap<>();

    private final TreeMap<Integer, LoadedModel> loadedPhotos = new TreeMap<>();

    private LoadedModels(Engine engine, Model usual, Collection<Candidate> candidates, Collection<Candidate> photos) {
        this.engine = engine;
        this.usual = new LoadedModel(usual, engine.prepare(usual.network()));
        loaded.put(this.usual.scale(), this.usual);
        candidates.forEach(candidate -> this.candidates.put(candidate.scale(), candidate));
        photos.forEach(photo -> this.photos.put(photo.scale(), photo));
    }

    static LoadedModels only(Model model, Engine engine) {
        int scale = model.network().scale();
        return new LoadedModels(engine, model, List.of(new Candidate(scale, () -> model)), List.of());
    }

    /**
     * One model of each scale; without a size to reach, that of {@code usualScale} runs, or of the largest scale where there is none of
     * this.
     *
     * @param candidates at least one
     * @param photos that are taken instead where a picture is in poor condition
     */
    static LoadedModels of(Engine engine, int usualScale, List<Candidate> candidates, List<Candidate> photos)
            throws IOException {
        int largest = candidates.stream().mapToInt(Candidate::scale).max().orElseThrow();
        int scale = candidates.stream().anyMatch(candidate -> candidate.scale() == usualScale) ? usualScale : largest;
        Candidate usual = candidates.stream()
                .filter(candidate -> candidate.scale() == scale)
                .findFirst()
                .orElseThrow();
        return new LoadedModels(engine, usual.opening().open(), candidates, photos);
    }

    /** The default of each scale; without a size to reach, that of {@code usualScale} runs. */
    static LoadedModels builtIn(int usualScale, Engine engine) throws IOException {
        // Refuses a scale that no network has.
        Models.defaultOf(usualScale);
        List<Models.BuiltIn> usual =
                Models.list().stream().filter(Models.BuiltIn::isDefault).toList();
        return of(engine, usualScale, candidates(usual), candidates(enlarging(Models.allFor(ShortName.PHOTO))));
    }

    private static List<Candidate> candidates(List<Models.BuiltIn> models) {
        return models.stream().map(Candidate::of).toList();
    }

    /** Without what cleans alone: that neither stands in for a network that enlarges nor is one of a pair with it. */
    private static List<Models.BuiltIn> enlarging(List<Models.BuiltIn> models) {
        return models.stream().filter(model -> model.scale() > 1).toList();
    }

    /**
     * The best of each scale for something; otherwise as {@link #of}.
     *
     * @param strength with which noise is removed, where it was chosen; not of those that clean alone
     */
    static LoadedModels best(ShortName purpose, int usualScale, OptionalDouble strength, Engine engine)
            throws IOException {
        List<Models.BuiltIn> all = Models.allFor(purpose);
        List<Candidate> chosen = strength.isEmpty()
                ? candidates(all)
                : enlarging(all).stream()
                        .map(builtIn -> new Candidate(
                                builtIn.scale(), () -> Models.denoised(builtIn.name(), strength.getAsDouble())))
                        .toList();
        return of(engine, usualScale, chosen, List.of());
    }

    /** The same models on another engine. */
    synchronized LoadedModels on(Engine other) {
        List<Candidate> same = new ArrayList<>();
        for (Candidate candidate : candidates.values()) {
            LoadedModel there = loaded.get(candidate.scale());
            same.add(there == null ? candidate : new Candidate(candidate.scale(), there::model));
        }
        return new LoadedModels(other, usual.model(), same, photos.values());
    }

    /** What runs when no size is asked for. */
    LoadedModel usual() {
        return usual;
    }

    /**
     * What runs to reach an enlargement, in turn: the model of the least scale that is not below it. Where there is none, the two whose
     * scales make the least that is not below it; where these are not enough, the one of the largest scale twice. The smaller scale
     * comes first: so the second network mends what the first left soft, which measures better, and takes a quarter of the time.
     */
    List<LoadedModel> fitting(double factor) throws IOException {
        Integer least = candidates.ceilingKey((int) Math.ceil(factor - ROUNDING));
        int largest = candidates.lastKey();
        if (least != null || candidates.size() == 1) {
            return List.of(ofScale(least == null ? largest : least));
        }
        int first = largest;
        int second = largest;
        for (int a : candidates.keySet()) {
            for (int b : candidates.tailMap(a, true).keySet()) {
                if (a * b >= factor - ROUNDING && a * b < first * second) {
                    first = a;
                    second = b;
                }
            }
        }
        return List.of(ofScale(first), ofScale(second));
    }

    /** Whether {@link #fitting} may give two for some picture. */
    boolean mayRunTwo(TargetSize target) {
        return candidates.size() > 1
                && switch (target) {
                    case TargetSize.OfTheNetwork usualSize -> false;
                    case TargetSize.Times times -> times.factor() > candidates.lastKey() + ROUNDING;
                    case TargetSize.Width width -> true;
                    case TargetSize.Height height -> true;
                    case TargetSize.LongSide side -> true;
                    case TargetSize.Fitting box -> true;
                };
    }

    /** Whether there is another model of this scale for pictures in poor condition. */
    boolean hasPhoto(int scale) {
        return photos.containsKey(scale);
    }

    /** The model of this scale for pictures in poor condition, which must be there. */
    synchronized LoadedModel photo(int scale) throws IOException {
        return load(scale, photos, loadedPhotos);
    }

    /** All models that may run, loaded. */
    synchronized List<Model> all() throws IOException {
        List<Model> all = new ArrayList<>();
        for (int scale : candidates.keySet()) {
            all.add(ofScale(scale).model());
        }
        for (int scale : photos.keySet()) {
            all.add(photo(scale).model());
        }
        return all;
    }

    private synchronized LoadedModel ofScale(int scale) throws IOException {
        return load(scale, candidates, loaded);
    }

    private LoadedModel load(int scale, Map<Integer, Candidate> from, Map<Integer, LoadedModel> known)
            throws IOException {
        LoadedModel there = known.get(scale);
        if (there != null) {
            return there;
        }
        Candidate candidate = from.get(scale);
        if (candidate == null) {
            throw new IllegalArgumentException("no model for scale " + scale);
        }
        Model model = candidate.opening().open();
        LoadedModel made = new LoadedModel(model, engine.prepare(model.network()));
        known.put(scale, made);
        return made;
    }
}
