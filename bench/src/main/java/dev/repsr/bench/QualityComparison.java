package dev.repsr.bench;

import dev.repsr.Models;
import dev.repsr.ShortName;
import dev.repsr.image.Bicubic;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.Picture;
import dev.repsr.metric.BenchmarkImage;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.metric.SetScore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * Compares the quality of the built-in networks with bicubic enlargement and with models of others: all of them on sound pictures, and
 * those for photographs on pictures with noise and JPEG's artifacts. Prints a page in Markdown and writes it where one is asked for,
 * with pictures beside it. Exit codes: 0, 1 where something fails, 2 for wrong usage.
 */
public final class QualityComparison {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final List<String> SETS = List.of("Set5", "Set14", "B100", "Urban100");
    private static final List<String> SPOILT_SETS = List.of("Set5", "Set14");
    private static final List<Integer> QUALITIES = List.of(Flaws.NO_JPEG, 90, 70, 50, 30);
    private static final List<Integer> SIGMAS = List.of(0, 4, 8, 14);
    private static final long SEED = 1;
    private static final int SHEET_SCALE = 4;
    /** Pixels of the small picture. */
    private static final int SHEET_SIDE = 48;

    private static final List<Flaws> SHEET_FLAWS = List.of(new Flaws(0, 40), new Flaws(8, 70));

    private final QualityArguments arguments;
    private final String command;
    private final List<Judged> others;
    private final List<Judged> photoOthers;

    QualityComparison(QualityArguments arguments, String command) throws IOException {
        this.arguments = arguments;
        this.command = command;
        others = networks(arguments.models());
        photoOthers = networks(arguments.photoModels());
    }

    private static List<Judged> networks(List<String> namesOrFiles) throws IOException {
        List<Judged> networks = new ArrayList<>();
        for (String name : namesOrFiles) {
            networks.add(Judged.network(name));
        }
        return networks;
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        try {
            QualityArguments parsed = QualityArguments.parse(arguments);
            String command = "bench/run quality " + String.join(" ", arguments);
            System.out.print(new QualityComparison(parsed, command).run());
        } catch (IllegalArgumentException e) {
            fail(e.getMessage() + "\n" + QualityArguments.USAGE, WRONG_USAGE);
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()), FAILED);
        }
    }

    private static void fail(String message, int code) {
        System.err.println("bench: " + message);
        System.exit(code);
    }

    /** Measures, writes what is asked for, and returns the page. */
    String run() throws IOException {
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        for (int scale : scales()) {
            parts.put(QualityPage.soundTitle(scale), sound(scale));
        }
        for (int scale : scales()) {
            List<Judged> all = judgedOnSpoilt(scale);
            // Bicubic and the default have nothing to be compared with.
            if (all.size() > 2) {
                parts.put(QualityPage.spoiltTitle(scale), spoilt(scale, all));
            }
        }
        boolean shows = !arguments.samples().isEmpty();
        List<Judged> shown = shows ? judgedOnSpoilt(SHEET_SCALE) : List.of();
        if (shows) {
            parts.put(QualityPage.SHEET_TITLE, QualityPage.sheet(SHEET_FLAWS, names(shown), command));
        }
        if (arguments.output().isEmpty()) {
            return QualityPage.withParts("", parts);
        }
        Path file = arguments.output().get();
        String page = QualityPage.withParts(PageParts.read(file), parts);
        PageParts.write(file, page);
        if (shows) {
            BeforeAfter.write(sheet(shown), file.resolveSibling(QualityPage.SHEET));
        }
        return page;
    }

    private List<Integer> scales() throws IOException {
        return arguments.scales().isEmpty()
                ? Models.list().stream()
                        .filter(Models.BuiltIn::isDefault)
                        .map(Models.BuiltIn::scale)
                        .distinct()
                        .sorted()
                        .toList()
                : arguments.scales();
    }

    private static List<Models.BuiltIn> builtIn(int scale) throws IOException {
        return Models.list().stream().filter(model -> model.scale() == scale).toList();
    }

    private static boolean mendsFlaws(Models.BuiltIn model) {
        return model.shortNames().contains(ShortName.PHOTO);
    }

    private static List<String> names(List<Judged> judged) {
        return judged.stream().map(Judged::name).toList();
    }

    private String sound(int scale) throws IOException {
        List<Judged> all = new ArrayList<>(List.of(Judged.bicubic(scale)));
        for (Models.BuiltIn model : builtIn(scale)) {
            all.add(Judged.network(model.name()));
        }
        all.addAll(ofScale(others, scale));
        List<BenchmarkSet> sets = sets(SETS, scale);
        StringBuilder text = new StringBuilder(QualityPage.soundHead(scale, SETS, command));
        for (Judged judged : all) {
            StringBuilder row = new StringBuilder("| ").append(judged.name());
            for (BenchmarkSet set : sets) {
                row.append(cell(score(set, judged)));
            }
            text.append(measured(row));
        }
        return text.toString();
    }

    private String spoilt(int scale, List<Judged> all) throws IOException {
        List<BenchmarkSet> sets = sets(SPOILT_SETS, scale);
        StringBuilder text = new StringBuilder(QualityPage.spoiltHead(scale, SPOILT_SETS, names(all), command));
        for (int quality : QUALITIES) {
            for (int sigma : SIGMAS) {
                Flaws flaws = new Flaws(sigma, quality);
                BenchmarkSet pictures = spoilt(sets, flaws);
                StringBuilder row = new StringBuilder("| ").append(flaws.cells());
                for (Judged judged : all) {
                    row.append(cell(score(pictures, judged)));
                }
                text.append(measured(row));
            }
        }
        return text.toString();
    }

    /** All of it takes minutes, so each row is shown as soon as it is there. */
    private static String measured(StringBuilder row) {
        String text = row.append(" |\n").toString();
        System.err.print(text);
        return text;
    }

    private static SetScore score(BenchmarkSet set, Judged judged) throws IOException {
        return set.score(lr -> judged.enlarger().enlarge(lr), (image, sr) -> {});
    }

    private static String cell(SetScore score) {
        return String.format(Locale.ROOT, " | %.2f (%.2f) %.4f", score.psnrY(), score.psnrRgb(), score.ssimY());
    }

    private List<Judged> judgedOnSpoilt(int scale) throws IOException {
        List<Judged> all = new ArrayList<>(List.of(Judged.bicubic(scale)));
        for (Models.BuiltIn model : builtIn(scale)) {
            if (model.isDefault() || mendsFlaws(model)) {
                all.add(Judged.network(model.name()));
            }
        }
        all.addAll(ofScale(photoOthers, scale));
        return all;
    }

    private static List<Judged> ofScale(List<Judged> judged, int scale) {
        return judged.stream().filter(one -> one.scale() == scale).toList();
    }

    /** All pictures of the sets with these flaws, as one set. */
    private static BenchmarkSet spoilt(List<BenchmarkSet> sets, Flaws flaws) throws IOException {
        List<BenchmarkImage> images = new ArrayList<>();
        int scale = sets.getFirst().scale();
        for (BenchmarkSet set : sets) {
            for (BenchmarkImage image : set.images()) {
                Picture lr = flaws.spoil(image.lr(), SEED + images.size());
                images.add(BenchmarkImage.of(image.name(), image.hr(), lr, scale));
            }
        }
        return new BenchmarkSet("spoilt", scale, images);
    }

    private List<BenchmarkSet> sets(List<String> names, int scale) throws IOException {
        List<BenchmarkSet> sets = new ArrayList<>();
        for (String name : names) {
            sets.add(BenchmarkSet.load(arguments.data().resolve(name), null, scale, scale));
        }
        return sets;
    }

    /** A row for each picture and its flaws: the middle of it as each of the judged enlarges it, and at last the original. */
    private Picture sheet(List<Judged> all) throws IOException {
        List<List<Picture>> rows = new ArrayList<>();
        for (Path sample : arguments.samples()) {
            Picture whole =
                    ImageReader.read(sample, ImageLimits.defaults()).picture().toRgb8();
            int side = SHEET_SIDE * SHEET_SCALE;
            Picture hr = whole.crop((whole.width() - side) / 2, (whole.height() - side) / 2, side, side);
            for (Flaws flaws : SHEET_FLAWS) {
                Picture lr = flaws.spoil(Bicubic.reduce(hr, SHEET_SCALE), SEED);
                List<Picture> row = new ArrayList<>();
                for (Judged judged : all) {
                    row.add(judged.enlarger().enlarge(lr));
                }
                row.add(hr);
                rows.add(row);
            }
        }
        return BeforeAfter.grid(rows);
    }
}
