package dev.repsr.app;

import dev.repsr.ModelFolders;
import dev.repsr.Models;
import dev.repsr.ShortName;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.ModelRefused;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models that have a name, with what people choose by.
 *
 * @param rows that can be run
 * @param broken files that are refused
 */
record ModelList(List<Row> rows, List<Broken> broken) {
    private static final String BUILT_IN = "built in";

    /**
     * One model.
     *
     * @param note what people should know, or nothing
     */
    record Row(String name, Model model, boolean isDefault, List<String> shortNames, String source, String note) {}

    /** One file that is no model that is read. */
    record Broken(String name, String source, ModelRefused why) {}

    static ModelList of(ModelFolders folders) throws IOException {
        ModelList list = new ModelList(new ArrayList<>(), new ArrayList<>());
        for (Models.BuiltIn builtIn : Models.list()) {
            List<String> words =
                    builtIn.shortNames().stream().sorted().map(ShortName::word).toList();
            String note = Stream.concat(
                            builtIn.isDefault() ? Stream.of("default for its scale") : Stream.of(), words.stream())
                    .collect(Collectors.joining(", "));
            list.rows.add(
                    new Row(builtIn.name(), Models.open(builtIn.name()), builtIn.isDefault(), words, BUILT_IN, note));
        }
        List<ModelFolders.Entry> entries = folders.entries();
        for (ModelFolders.Entry entry : entries) {
            list.add(entry, entries);
        }
        return list;
    }

    private void add(ModelFolders.Entry entry, List<ModelFolders.Entry> all) throws IOException {
        String source = entry.file().toString();
        try {
            Model model = entry.open().model();
            rows.add(new Row(entry.name(), model, false, List.of(), source, note(entry, all)));
        } catch (ModelRefused e) {
            broken.add(new Broken(entry.name(), source, e));
        }
    }

    private static String note(ModelFolders.Entry entry, List<ModelFolders.Entry> all) throws IOException {
        if (ShortName.of(entry.name()).isPresent()
                || Models.list().stream().anyMatch(model -> model.name().equals(entry.name()))) {
            return "this name is built in: name the file";
        }
        long same =
                all.stream().filter(other -> other.name().equals(entry.name())).count();
        return same > 1 ? same + " models have this name: name the file" : "";
    }

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("models", rows.stream().map(ModelList::json).toList());
        all.put(
                "refused",
                broken.stream()
                        .map(file -> {
                            Map<String, Object> members = new LinkedHashMap<>();
                            members.put("name", file.name());
                            members.put("source", file.source());
                            members.put("refused", Failures.reason(file.why()));
                            members.put("message", String.valueOf(file.why().getMessage()));
                            return members;
                        })
                        .toList());
        return all;
    }

    private static Map<String, Object> json(Row row) {
        Network network = row.model().network();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", row.name());
        members.put("scale", network.scale());
        members.put("size", network.size());
        members.put("parameters", network.parameters());
        members.put("licence", licence(row));
        members.put("default", row.isDefault());
        members.put("short_names", row.shortNames());
        members.put("source", row.source());
        members.put("note", row.note());
        return members;
    }

    private static String licence(Row row) {
        return row.model().metadata().getOrDefault(ModelFile.LICENCE, "unknown");
    }

    List<String> lines() {
        int width = Stream.concat(Stream.of("name"), rows.stream().map(Row::name))
                .mapToInt(String::length)
                .max()
                .orElseThrow();
        List<String> lines = new ArrayList<>();
        lines.add(line(width, "name", "scale", "size", "parameters", "licence", "source", ""));
        for (Row row : rows) {
            Network network = row.model().network();
            lines.add(line(
                    width,
                    row.name(),
                    network.scale(),
                    network.size(),
                    network.parameters(),
                    licence(row),
                    row.source(),
                    row.note()));
        }
        broken.forEach(
                file -> lines.add(file.name() + ": not read: " + file.why().getMessage() + " (" + file.source() + ")"));
        return lines;
    }

    private static String line(int width, String name, Object... cells) {
        String rest = String.format(Locale.ROOT, " %5s %-8s %10s  %-12s %-9s %s", cells);
        return (name + " ".repeat(width - name.length()) + rest).strip();
    }
}
