package dev.repsr.train.torch;

import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.Ranks;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.BroadcastOptions;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.presets.torch_gloo;

/** Several processes, over PyTorch's own c10d with Gloo. */
public final class Gloo implements Collective {
    /** Processes need a while to load libraries and pictures, and one measures while the others wait. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Ranks ranks;
    private final TCPStore store;
    private final ProcessGroupGloo group;

    private Gloo(Ranks ranks, TCPStore store, ProcessGroupGloo group) {
        this.ranks = ranks;
        this.store = store;
        this.group = group;
    }

    /**
     * Meets the other processes at the address of the first, and waits for them.
     *
     * @throws RankLost if they do not come
     */
    @SuppressWarnings("try")
    public static Gloo open(Ranks ranks) throws RankLost {
        TorchLibrary.load(torch_gloo.class);
        try (PointerScope scope = new PointerScope()) {
            TCPStoreOptions meeting = new TCPStoreOptions();
            // A port is an unsigned number of 16 bits there, and a signed one here.
            meeting.port((short) ranks.port()).isServer(ranks.isFirst()).waitWorkers(false);
            meeting.timeout(milliseconds());
            TCPStore store = new TCPStore(ranks.address(), meeting);
            ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(milliseconds());
            options.devices(new GlooDeviceVector(ProcessGroupGloo.createDeviceForHostname(ownAddress(ranks))));
            ProcessGroupGloo group = new ProcessGroupGloo(store, ranks.rank(), ranks.size(), options);
            return new Gloo(ranks, store.retainReference(), group.retainReference());
        } catch (RuntimeException e) {
            throw lost(ranks, e);
        }
    }

    private static Milliseconds milliseconds() {
        return new Milliseconds(PATIENCE.toMillis());
    }

    /** The address from which the first process is reached: a machine has many, and the others must reach this one. */
    private static String ownAddress(Ranks ranks) throws RankLost {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(ranks.address()), ranks.port()));
            return socket.getLocalAddress().getHostAddress();
        } catch (IOException e) {
            throw new RankLost(Ranks.ADDRESS + " is " + ranks.address() + ", which cannot be reached from here", e);
        }
    }

    @Override
    public Ranks ranks() {
        return ranks;
    }

    @Override
    @SuppressWarnings("try")
    public void mean(float[] values) throws RankLost {
        if (values.length == 0) {
            return;
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = torch.tensor(values);
            group.allreduce(new TensorVector(tensor))._wait();
            tensor.div_(new Scalar((double) ranks.size())).data_ptr_float().get(values);
        } catch (RuntimeException e) {
            throw lost(ranks, e);
        }
    }

    @Override
    @SuppressWarnings("try")
    public void fromFirst(float[] values) throws RankLost {
        if (values.length == 0) {
            return;
        }
        try (PointerScope scope = new PointerScope()) {
            broadcast(torch.tensor(values)).data_ptr_float().get(values);
        } catch (RuntimeException e) {
            throw lost(ranks, e);
        }
    }

    @Override
    @SuppressWarnings("try")
    public void fromFirst(long[] values) throws RankLost {
        try (PointerScope scope = new PointerScope()) {
            broadcast(torch.tensor(values)).data_ptr_long().get(values);
        } catch (RuntimeException e) {
            throw lost(ranks, e);
        }
    }

    private Tensor broadcast(Tensor tensor) {
        group.broadcast(
                        new TensorVector(tensor),
                        new BroadcastOptions().rootRank(0).rootTensor(0))
                ._wait();
        return tensor;
    }

    /** libtorch's exceptions are plain ones, with a sentence and a native stack trace. */
    private static RankLost lost(Ranks ranks, RuntimeException cause) {
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new RankLost(
                String.format(
                        Locale.ROOT,
                        "process %d of %d lost the others: one has ended or cannot be reached (%s)",
                        ranks.rank(),
                        ranks.size(),
                        reason),
                cause);
    }

    @Override
    public void close() {
        group.releaseReference();
        store.releaseReference();
    }
}
