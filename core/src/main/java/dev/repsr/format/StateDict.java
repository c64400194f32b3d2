package dev.repsr.format;

import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the compact network among named tensors. Read are the keys {@code body.N.weight} of the compact architecture and
 * {@code backbone.i.j.weight} of ECBSR, both behind any prefix that all keys share; a PReLU with one slope for all
 * channels gets one for each.
 */
final class StateDict {
    private static final int MAX_KEY = 200;
    private static final Pattern COMPACT = Pattern.compile("body\\.(\\d{1,4})\\.(weight|bias)");
    private static final Pattern ECBSR = Pattern.compile("backbone\\.(\\d{1,4})\\.([01])\\.(weight|bias)");
    private static final List<String> ROOTS = List.of("body.", "backbone.");

    private final Origin origin;
    private final Map<String, Tensor> tensors;

    private StateDict(Origin origin, Map<String, Tensor> tensors) {
        this.origin = origin;
        this.tensors = tensors;
    }

    /** @throws ModelRefused if it is another network; names the layer */
    static Network network(Origin origin, Map<String, Tensor> tensors) throws ModelRefused {
        return new StateDict(origin, withoutPrefix(tensors)).network();
    }

    private Network network() throws ModelRefused {
        if (tensors.isEmpty()) {
            throw origin.foreign("it holds no tensors");
        }
        refuseOtherKernels();
        Map<Integer, Map<String, Tensor>> modules = new TreeMap<>();
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            place(entry.getKey(), entry.getValue(), modules);
        }
        refuseMissingSlopes(modules);
        return origin.compact(weights(modules));
    }

    private static Map<String, Tensor> withoutPrefix(Map<String, Tensor> tensors) {
        String first = tensors.isEmpty() ? "" : tensors.keySet().iterator().next();
        for (String root : ROOTS) {
            int at = first.indexOf(root);
            if (at > 0 && first.charAt(at - 1) == '.') {
                String prefix = first.substring(0, at);
                if (tensors.keySet().stream().allMatch(key -> key.startsWith(prefix))) {
                    Map<String, Tensor> bare = new LinkedHashMap<>();
                    tensors.forEach((key, tensor) -> bare.put(key.substring(at), tensor));
                    return bare;
                }
            }
        }
        return tensors;
    }

    private void refuseOtherKernels() throws ModelRefused {
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            List<Integer> shape = entry.getValue().shape();
            if (shape.size() == 4 && (shape.get(2) != 3 || shape.get(3) != 3)) {
                throw origin.foreign("layer " + shortened(entry.getKey().replace(".weight", "")) + " has a "
                        + shape.get(2) + "x" + shape.get(3) + " kernel");
            }
        }
    }

    private void place(String key, Tensor tensor, Map<Integer, Map<String, Tensor>> modules) throws ModelRefused {
        Matcher compact = COMPACT.matcher(shortened(key));
        Matcher ecbsr = ECBSR.matcher(shortened(key));
        if (compact.matches()) {
            put(modules, Integer.parseInt(compact.group(1)), compact.group(2), tensor);
        } else if (ecbsr.matches()) {
            int index = 2 * Integer.parseInt(ecbsr.group(1)) + Integer.parseInt(ecbsr.group(2));
            put(modules, index, ecbsr.group(3), tensor);
        } else if (key.contains("running_mean") || key.contains("running_var")) {
            throw origin.foreign("tensor " + shortened(key)
                    + " belongs to batch normalisation, so this is a training form; merge it first");
        } else {
            throw origin.foreign("tensor " + shortened(key) + " with shape " + tensor.shape() + " has no place in it");
        }
    }

    private void put(Map<Integer, Map<String, Tensor>> modules, int index, String part, Tensor tensor)
            throws ModelRefused {
        if (modules.computeIfAbsent(index, i -> new LinkedHashMap<>()).put(part, tensor) != null) {
            throw origin.foreign("layer " + index + " is there under two names");
        }
    }

    /** ReLU and LeakyReLU have no tensors, so which of them it was cannot be seen here; guessing would change the picture. */
    private void refuseMissingSlopes(Map<Integer, Map<String, Tensor>> modules) throws ModelRefused {
        Set<Integer> indices = modules.keySet();
        if (indices.contains(0) && !indices.contains(1) && indices.contains(2)) {
            throw origin.foreign("layer 1 has no slopes, so it is a ReLU or LeakyReLU, and the tensors do not tell"
                    + " which; export the network as ONNX, where that is written down");
        }
    }

    private static Weights weights(Map<Integer, Map<String, Tensor>> modules) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        int channels = 0;
        for (Map.Entry<Integer, Map<String, Tensor>> module : modules.entrySet()) {
            Map<String, Tensor> parts = module.getValue();
            Tensor weight = parts.get("weight");
            Tensor bias = parts.get("bias");
            if (weight != null) {
                if (weight.shape().size() == 4) {
                    channels = weight.side(0);
                }
                boolean slopes = module.getKey() % 2 == 1;
                named.put("body." + module.getKey() + ".weight", slopes ? eachChannel(weight, channels) : weight);
            }
            if (bias != null) {
                named.put("body." + module.getKey() + ".bias", bias);
            }
        }
        return new Weights(named);
    }

    /** Slopes as [channels], also where there is one for all. */
    static Tensor eachChannel(Tensor slopes, int channels) {
        if (slopes.size() != 1 || channels < 1) {
            return slopes;
        }
        float[] each = new float[channels];
        Arrays.fill(each, slopes.get(0));
        return Tensor.of(each, channels);
    }

    private static String shortened(String key) {
        return key.length() <= MAX_KEY ? key : key.substring(0, MAX_KEY) + "...";
    }
}
