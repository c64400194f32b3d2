package dev.repsr;

import dev.repsr.check.CellLimit;
import dev.repsr.check.ModelProof;
import dev.repsr.check.SelfCheck;
import dev.repsr.engine.Engines;
import dev.repsr.engine.NetworkRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.engine.RowNetwork;
import dev.repsr.format.Model;
import dev.repsr.image.PictureFormat;
import dev.repsr.merge.ReceiptPatch;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model and its network, ready to run, and what was shown of it. */
final class LoadedModel {
    private final Model model;
    private final PreparedNetwork network;

    /** What the proof gave, by the name of the engine. */
    private final Map<String, CellLimit> proofs = new HashMap<>();

    private @Nullable PreparedNetwork specification;

    LoadedModel(Model model, PreparedNetwork network) {
        this.model = model;
        this.network = network;
    }

    Model model() {
        return model;
    }

    PreparedNetwork network() {
        return network;
    }

    int scale() {
        return model.network().scale();
    }

    /**
     * Lets the network prove itself on the engine that is to run, if it has not done so, and says how pictures of this kind are checked.
     *
     * @throws dev.repsr.check.OutputDisagrees if it cannot
     */
    synchronized SelfCheck.Checked checked(RowNetwork running, PictureFormat format, boolean ensemble)
            throws IOException {
        NetworkRows exact = new NetworkRows(specification(), ensemble);
        CellLimit limit = proofs.get(running.engine());
        if (limit == null) {
            limit = new ModelProof(model.name(), ReceiptPatch.photograph(), scale())
                    .by(
                            rows -> new NetworkRows(running, false).enlarge(rows, 1, Long.MAX_VALUE),
                            rows -> new NetworkRows(specification(), false).enlarge(rows, 1, Long.MAX_VALUE));
            proofs.put(running.engine(), limit);
        }
        return new SelfCheck.Checked(limit, exact.reach(format), rows -> exact.enlarge(rows, 1, Long.MAX_VALUE));
    }

    private PreparedNetwork specification() {
        PreparedNetwork there = specification;
        if (there == null) {
            there = Engines.specification().prepare(model.network());
            specification = there;
        }
        return there;
    }
}
