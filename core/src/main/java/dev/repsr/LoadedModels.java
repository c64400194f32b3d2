package dev.repsr;

import dev.repsr.engine.Engine;
import dev.repsr.format.Model;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The models that an upscaler chooses from: one that was named, or the built-in ones, which are loaded when first needed. */
final class LoadedModels {
    /** Enlargements this little above a network's scale are made by it, and a resampling step for the rest. */
    private static final double ROUNDING = 1e-9;

    private final Engine engine;
    private final LoadedModel usual;
    private final TreeMap<Integer, LoadedModel> loaded = new TreeMap<>();
    private final List<Models.BuiltIn> others;

    private LoadedModels(Engine engine, Model usual, List<Models.BuiltIn> others) {
        this.engine = engine;
        this.usual = new LoadedModel(usual, engine.prepare(usual.network()));
        this.others = others;
        loaded.put(this.usual.scale(), this.usual);
    }

    static LoadedModels only(Model model, Engine engine) {
        return new LoadedModels(engine, model, List.of());
    }

    /** The default of each scale; without a size to reach, that of {@code usualScale} runs. */
    static LoadedModels builtIn(int usualScale, Engine engine) throws IOException {
        Model usual = Models.open(Models.defaultOf(usualScale).name());
        return new LoadedModels(
                engine,
                usual,
                Models.list().stream().filter(Models.BuiltIn::isDefault).toList());
    }

    /** The best of each scale for something; without a size to reach, that of {@code usualScale} runs, or of the largest scale. */
    static LoadedModels best(ShortName purpose, int usualScale, Engine engine) throws IOException {
        List<Models.BuiltIn> all = Models.allFor(purpose);
        Models.BuiltIn usual = all.stream()
                .filter(model -> model.scale() == usualScale)
                .findFirst()
                .orElseGet(() -> Collections.max(all, Comparator.comparingInt(Models.BuiltIn::scale)));
        return new LoadedModels(engine, Models.open(usual.name()), all);
    }

    /** The same models on another engine. */
    LoadedModels on(Engine other) {
        return new LoadedModels(other, usual.model(), others);
    }

    /** What runs when no size is asked for. */
    LoadedModel usual() {
        return usual;
    }

    /** The model of the least scale that is not below {@code factor}, else the one of the largest scale. */
    LoadedModel fitting(double factor) throws IOException {
        if (others.isEmpty()) {
            return usual;
        }
        int largest = others.stream().mapToInt(Models.BuiltIn::scale).max().orElseThrow();
        int scale = others.stream()
                .mapToInt(Models.BuiltIn::scale)
                .filter(candidate -> candidate >= factor - ROUNDING)
                .min()
                .orElse(largest);
        return ofScale(scale);
    }

    /** All models that may run, loaded. */
    synchronized List<Model> all() throws IOException {
        for (Models.BuiltIn other : others) {
            ofScale(other.scale());
        }
        return loaded.values().stream().map(LoadedModel::model).toList();
    }

    private synchronized LoadedModel ofScale(int scale) throws IOException {
        LoadedModel there = loaded.get(scale);
        if (there != null) {
            return there;
        }
        String name = others.stream()
                .filter(other -> other.scale() == scale)
                .findFirst()
                .orElseThrow()
                .name();
        Model model = Models.open(name);
        LoadedModel made = new LoadedModel(model, engine.prepare(model.network()));
        loaded.put(scale, made);
        return made;
    }
}
