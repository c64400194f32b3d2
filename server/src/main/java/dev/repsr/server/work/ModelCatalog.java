package dev.repsr.server.work;

import dev.repsr.ModelFolders;
import dev.repsr.Models;
import dev.repsr.ShortName;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.ModelRefused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The models that clients may name, as they are when the server starts. What they send is compared with these names and never made a
 * path.
 *
 * @param entries in the order in which they are shown
 * @param words short names that a built-in model has
 */
public record ModelCatalog(List<Entry> entries, Set<String> words) {
    private static final System.Logger LOG = System.getLogger(ModelCatalog.class.getName());

    /** Copies the lists. */
    public ModelCatalog {
        entries = List.copyOf(entries);
        words = Set.copyOf(words);
    }

    /**
     * A model.
     *
     * @param size such as M4C16
     * @param isDefault whether it is taken for its scale when none is named
     * @param shortNames what it is the best for
     * @param denoise whether the strength can be chosen with which it removes noise
     * @param builtIn whether it comes with the program
     */
    public record Entry(
            String name,
            int scale,
            String size,
            long parameters,
            String licence,
            boolean isDefault,
            List<String> shortNames,
            boolean denoise,
            boolean builtIn) {
        /** Copies the list. */
        public Entry {
            shortNames = List.copyOf(shortNames);
        }
    }

    /** Opens all models that have a name; files that are no models are told to the log and left out. */
    public static ModelCatalog load() throws IOException {
        List<Entry> entries = new ArrayList<>();
        Set<String> words = new HashSet<>();
        for (Models.BuiltIn builtIn : Models.list()) {
            List<String> names =
                    builtIn.shortNames().stream().sorted().map(ShortName::word).toList();
            words.addAll(names);
            entries.add(entry(builtIn.name(), Models.open(builtIn.name()), builtIn.isDefault(), names, true));
        }
        for (ModelFolders.Entry file : ModelFolders.ofUser().entries()) {
            addFile(file, entries);
        }
        return new ModelCatalog(entries, words);
    }

    private static void addFile(ModelFolders.Entry file, List<Entry> entries) throws IOException {
        boolean taken = entries.stream().anyMatch(entry -> entry.name().equals(file.name()))
                || ShortName.of(file.name()).isPresent();
        // Such a name would be taken for a path.
        if (taken || ModelFormat.ofName(file.name()).isPresent()) {
            LOG.log(System.Logger.Level.WARNING, file.file() + " is not offered: its name is taken");
            return;
        }
        try {
            entries.add(entry(file.name(), file.open().model(), false, List.of(), false));
        } catch (ModelRefused e) {
            LOG.log(System.Logger.Level.WARNING, "a model file is not offered: " + e.getMessage());
        }
    }

    private static Entry entry(String name, Model model, boolean isDefault, List<String> shortNames, boolean builtIn) {
        return new Entry(
                name,
                model.network().scale(),
                model.network().size(),
                model.network().parameters(),
                model.metadata().getOrDefault(ModelFile.LICENCE, "unknown"),
                isDefault,
                shortNames,
                model.metadata().containsKey(ModelFile.STRONGER)
                        || model.metadata().containsKey(ModelFile.MILDER),
                builtIn);
    }

    /** Refuses a name that no model has. */
    void require(String name) throws Refusal {
        boolean known = words.contains(name)
                || entries.stream().anyMatch(entry -> entry.name().equals(name));
        if (!known) {
            throw new Refusal(
                    Refusal.Reason.UNKNOWN_MODEL, "there is no model of this name here; GET /api/models lists them");
        }
    }
}
