package dev.repsr;

import dev.repsr.engine.PreparedNetwork;
import dev.repsr.format.Model;

/** A model and its network, ready to run. */
record LoadedModel(Model model, PreparedNetwork network) {
    int scale() {
        return model.network().scale();
    }
}
