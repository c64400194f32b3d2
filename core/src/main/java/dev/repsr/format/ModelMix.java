package dev.repsr.format;

import dev.repsr.format.ModelRefused.Reason;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model between two others of one shape. */
public final class ModelMix {
    private ModelMix() {}

    /**
     * Mixes the weights of two models ({@link Network#mixedWith}). What the metadata says is of which models, by name and {@link
     * ModelFile#sha256}, and the licence where both state theirs; what was true of one of them alone is left out.
     *
     * @param name of the new model
     * @param share of the second model, 0 to 1
     * @throws ModelRefused if the shapes differ; says both
     * @throws IllegalArgumentException if the share is out of range
     */
    public static Model of(String name, Model first, Model second, double share) throws IOException {
        Network a = first.network();
        Network b = second.network();
        if (!a.layers().equals(b.layers())) {
            throw new ModelRefused(
                    Reason.UNSUPPORTED,
                    first.name() + " is " + shape(a) + " and " + second.name() + " is " + shape(b)
                            + "; only models of one shape can be mixed");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        String licence = licence(first, second);
        if (!licence.isEmpty()) {
            metadata.put(ModelFile.LICENCE, licence);
        }
        metadata.put(
                ModelFile.MIX,
                "{\"share\":" + share + ",\"first\":" + origin(first) + ",\"second\":" + origin(second) + "}");
        return new Model(name, a.mixedWith(b, share), metadata);
    }

    private static String shape(Network network) {
        return network.size() + " for scale " + network.scale();
    }

    /** Of the whole, as an expression of SPDX; empty where one of them states none. */
    private static String licence(Model first, Model second) {
        String a = first.metadata().getOrDefault(ModelFile.LICENCE, "");
        String b = second.metadata().getOrDefault(ModelFile.LICENCE, "");
        if (a.isEmpty() || b.isEmpty()) {
            return "";
        }
        return a.equals(b) ? a : a + " AND " + b;
    }

    private static String origin(Model model) throws IOException {
        return "{\"name\":" + Json.quote(model.name()) + ",\"sha256\":" + Json.quote(ModelFile.sha256(model)) + "}";
    }
}
