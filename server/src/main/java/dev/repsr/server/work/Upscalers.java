package dev.repsr.server.work;

import dev.repsr.ShortName;
import dev.repsr.UpscaleOptions;
import dev.repsr.Upscaler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Upscalers that have been loaded; those that were not asked for of late are forgotten. Thread-safe. */
final class Upscalers {
    private static final int MOST = 12;

    private final ModelCatalog catalog;
    private final UpscaleOptions options;
    private final Map<Key, Upscaler> loaded = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Upscaler> eldest) {
            return size() > MOST;
        }
    };

    private record Key(String model, OptionalInt scale, OptionalDouble denoise) {}

    Upscalers(ModelCatalog catalog, UpscaleOptions options) {
        this.catalog = catalog;
        this.options = options;
    }

    /** The upscaler for a request, with the server's options and the request's. */
    synchronized Upscaler of(PictureRequest request) throws IOException, Refusal {
        if (!request.model().isEmpty()) {
            catalog.require(request.model());
        }
        // A certain model is the same at every scale.
        boolean byScale =
                request.model().isEmpty() || ShortName.of(request.model()).isPresent();
        OptionalInt scale = byScale ? request.wholeScale() : OptionalInt.empty();
        Key key = new Key(request.model(), scale, request.denoise());
        Upscaler there = loaded.get(key);
        if (there == null) {
            Optional<String> model = Optional.of(request.model()).filter(name -> !name.isEmpty());
            there = Upscaler.chosen(model, request.denoise(), scale, options);
            loaded.put(key, there);
        }
        return there.with(request.options(options));
    }
}
