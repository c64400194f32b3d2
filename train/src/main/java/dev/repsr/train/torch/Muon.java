package dev.repsr.train.torch;

import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.Update;
import dev.repsr.train.engine.Update.Algorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Moves kernels along their orthogonalised momentum, {@link Algorithm#MUON}; those of one shape together. */
final class Muon implements AutoCloseable {
    private static final long[] SIDES = {1, 2};

    /** Kernels of one shape, one behind the other. */
    private record Group(long at, long count, long rows, long columns) {
        long size() {
            return count * rows * columns;
        }
    }

    private final Update update;
    private final FlatTensors momentum;
    private final List<Group> groups = new ArrayList<>();

    /** @param kernels their shapes, in {@link #ordered order} of their vector */
    Muon(Update update, SequencedMap<String, int[]> kernels, Device device) {
        this.update = update;
        momentum = new FlatTensors(kernels, device);
        long at = 0;
        for (int[] shape : kernels.values()) {
            long rows = shape[0];
            long columns = (long) shape[1] * shape[2] * shape[3];
            Group last = groups.isEmpty() ? new Group(0, 0, 0, 0) : groups.removeLast();
            if (last.rows == rows && last.columns == columns) {
                groups.add(new Group(last.at, last.count + 1, rows, columns));
            } else {
                if (last.count > 0) {
                    groups.add(last);
                }
                groups.add(new Group(at, 1, rows, columns));
            }
            at += rows * columns;
        }
    }

    /** The kernels in the order that this class wants them in: those of one shape side by side. */
    static SequencedMap<String, int[]> ordered(SequencedMap<String, int[]> kernels) {
        Map<List<Integer>, SequencedMap<String, int[]>> alike = new LinkedHashMap<>();
        kernels.forEach((name, shape) -> alike.computeIfAbsent(
                        List.of(shape[0], shape[1] * shape[2] * shape[3]), key -> new LinkedHashMap<>())
                .put(name, shape));
        SequencedMap<String, int[]> ordered = new LinkedHashMap<>();
        alike.values().forEach(ordered::putAll);
        return ordered;
    }

    /** What is added to the kernels; the momentum is changed in place. */
    Tensor change(Tensor gradient, double rate) {
        momentum.flat().mul_(new Scalar(update.beta1())).add_(gradient, new Scalar(1 - update.beta1()));
        Tensor ahead = gradient.lerp(momentum.flat(), new Scalar(update.beta1()));
        TensorVector changes = new TensorVector();
        for (Group group : groups) {
            Tensor matrices = ahead.narrow(0, group.at, group.size()).view(group.count, group.rows, group.columns);
            double size = Algorithm.SIZE * Math.sqrt((double) Math.max(group.rows, group.columns));
            Tensor orthogonal = group.rows > group.columns
                    ? orthogonal(matrices.transpose(1, 2)).transpose(1, 2)
                    : orthogonal(matrices);
            changes.push_back(orthogonal.reshape(group.size()).mul(new Scalar(-rate * size)));
        }
        return torch.cat(changes, 0);
    }

    /** @param matrices [count, rows, columns], no more rows than columns */
    private static Tensor orthogonal(Tensor matrices) {
        Tensor norms = matrices.square()
                .sum(SIDES, true, new ScalarTypeOptional())
                .sqrt()
                .add_(new Scalar(Algorithm.TINY));
        Tensor x = matrices.div(norms);
        for (int round = 0; round < Algorithm.ROUNDS; round++) {
            Tensor squares = x.bmm(x.transpose(1, 2));
            Tensor factors =
                    squares.mul(new Scalar(Algorithm.CUBIC)).add_(squares.bmm(squares), new Scalar(Algorithm.QUINTIC));
            x = x.mul(new Scalar(Algorithm.LINEAR)).add_(factors.bmm(x));
        }
        return x;
    }

    void save(Map<String, dev.repsr.network.Tensor> state) {
        momentum.save(state, Update.MOMENTUM);
    }

    void load(dev.repsr.network.Weights state) {
        momentum.load(state, Update.MOMENTUM);
    }

    void synchronise(Collective processes) throws RankLost {
        momentum.fromFirst(processes);
    }

    @Override
    public void close() {
        momentum.close();
    }
}
