package dev.repsr.format;

import dev.repsr.network.Network;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network with what is known about it.
 *
 * @param name how users call it, such as "repsr-m4c16-x4"; of a foreign file its name without ending
 * @param network what runs
 * @param metadata text by key; the keys that this project writes are the constants of {@link ModelFile}
 */
public record Model(String name, Network network, Map<String, String> metadata) {

    /** Keeps the order of {@code metadata}. */
    public Model {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
