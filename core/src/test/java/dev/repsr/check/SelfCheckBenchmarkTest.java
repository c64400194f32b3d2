package dev.repsr.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.Models;
import dev.repsr.TestData;
import dev.repsr.engine.Engines;
import dev.repsr.engine.NetworkRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.format.ModelFile;
import dev.repsr.image.Bicubic;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureRows;
import dev.repsr.merge.ReceiptPatch;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The check on the pictures of the benchmarks, reduced by the network's scale as in their protocol. All networks run on all
 * pictures; large ones are reduced further for them, so that it takes a minute or two. As large as the protocol has them, in
 * several minutes, by {@code -Drepsr.side=100000}.
 */
@Tag("data")
class SelfCheckBenchmarkTest {
    private static final long MEMORY = 1L << 28;

    /** Pixels of the input's longer side at most, where all networks run. */
    private static final int SIDE = Integer.getInteger("repsr.side", 128);

    /** Faults are planted into every so many pictures. */
    private static final int STEP = 2;

    /** Reduced pictures, by file, scale and side. */
    private static final Map<String, Picture> SMALL = new ConcurrentHashMap<>();

    private static final String ETDS = "weights/etds/";
    private static final String REALESR = "weights/realesr-compact/";

    /** Of a hundred pictures each fault must be found on so many. */
    private static final int FOUND = 95;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repsr-m4c16-x2",
                "repsr-m4c16-x3",
                "repsr-m4c16-x4",
                ETDS + "ECBSR_M4C16_x2.pth",
                ETDS + "ECBSR_M4C32_x3.pth",
                ETDS + "ECBSR_M6C40_x2.pth",
                ETDS + "ECBSR_M6C40_x4.pth",
                REALESR + "realesr-animevideov3.pth",
                REALESR + "realesr-animevideov3-x4.param",
                REALESR + "RealESRGAN_General_x4_v3.param",
                REALESR + "4xLSDIRCompactC3.param"
            })
    void networkAgreesOnEveryPictureAndCannotHaveItsTailInAnotherOrder(String name) throws IOException {
        Subject subject = Subject.of(network(name));
        List<String> refused = pictures().parallelStream()
                .map(file -> subject.complaint(file, SIDE, rows -> rows))
                .flatMap(Optional::stream)
                .toList();
        assertThat(refused).isEmpty();

        Network wrong = withChannelsInside(network(name));
        assertThatThrownBy(() -> Subject.of(wrong))
                .isInstanceOf(OutputDisagrees.class)
                .hasMessageContaining("wrong order");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void faultsOfAPartOfThePictureAreFound(int scale) throws IOException {
        Subject subject = Subject.of(network(Models.defaultOf(scale).name()));
        List<Path> all = pictures();
        for (LocalFault fault : LocalFault.values()) {
            long found = IntStream.range(0, all.size())
                    .filter(i -> i % STEP == 0)
                    .parallel()
                    .filter(i -> subject.complaint(all.get(i), Integer.MAX_VALUE, rows -> fault.in(rows, scale, i))
                            .isPresent())
                    .count();
            assertThat(100 * found)
                    .as("%s: %d of every %dth of %d", fault, found, STEP, all.size())
                    .isGreaterThanOrEqualTo((long) FOUND * Math.ceilDiv(all.size(), STEP));
        }
    }

    /** A network on the fastest engine, that has proved itself. */
    private record Subject(PreparedNetwork network, SelfCheck.Checked checked) {
        static Subject of(Network network) throws IOException {
            PreparedNetwork prepared = Engines.choose("auto").prepare(network);
            Enlargement exact = enlargement(Engines.specification().prepare(network));
            CellLimit limit = new ModelProof("model", ReceiptPatch.photograph(), network.scale())
                    .by(enlargement(prepared), exact);
            return new Subject(prepared, new SelfCheck.Checked(limit, network.radius(), exact));
        }

        private static Enlargement enlargement(PreparedNetwork network) {
            return rows -> new NetworkRows(network, false).enlarge(rows, 1, MEMORY);
        }

        /** What the check says about a picture that was enlarged on one thread and spoilt. */
        Optional<String> complaint(Path file, int side, UnaryOperator<PictureRows> fault) {
            int scale = network.network().scale();
            Picture small = SMALL.computeIfAbsent(file + " " + scale + " " + side, key -> small(file, scale, side));
            SelfCheck check = new SelfCheck(file.toString(), small.format(), scale, checked, false);
            try {
                PictureRows enlarged = enlargement(network).of(check.input(small.rows()));
                try (PictureRows rows = check.output(fault.apply(enlarged))) {
                    PlantedFault.readAll(rows);
                    return Optional.empty();
                }
            } catch (OutputDisagrees e) {
                return Optional.of(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The network whose tail has its features ordered by row, column and colour, while the shuffle expects the colour first. */
    private static Network withChannelsInside(Network network) {
        Conv3x3 tail = network.layers().stream()
                .filter(Conv3x3.class::isInstance)
                .map(Conv3x3.class::cast)
                .toList()
                .getLast();
        Map<String, Tensor> tensors = new HashMap<>(network.weights().tensors());
        tensors.computeIfPresent(tail.name() + ".weight", (name, tensor) -> withChannelsInside(tensor));
        tensors.computeIfPresent(tail.name() + ".bias", (name, tensor) -> withChannelsInside(tensor));
        return new Network(network.scale(), network.layers(), new Weights(tensors));
    }

    private static Tensor withChannelsInside(Tensor tensor) {
        float[] right = tensor.toArray();
        float[] wrong = new float[right.length];
        int features = tensor.side(0);
        int size = right.length / features;
        int positions = features / 3;
        for (int i = 0; i < features; i++) {
            System.arraycopy(right, (i % 3 * positions + i / 3) * size, wrong, i * size, size);
        }
        int[] shape = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
        return Tensor.of(wrong, shape);
    }

    private static Picture small(Path file, int scale, int side) {
        try {
            Picture large = ImageReader.read(file, ImageLimits.defaults()).picture();
            int further = Math.ceilDiv(Math.max(large.width(), large.height()) / scale, side);
            return Bicubic.reduce(large, scale * further);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void forget() {
        SMALL.clear();
    }

    private static Network network(String name) throws IOException {
        if (name.startsWith("weights/")) {
            return ModelFile.open(TestData.require(name)).network();
        }
        return Models.open(name).network();
    }

    private static List<Path> pictures() throws IOException {
        List<Path> pictures = new ArrayList<>();
        for (String set : List.of("Set5", "Set14", "B100", "Urban100")) {
            try (Stream<Path> files = Files.list(TestData.require("benchmarks/" + set))) {
                pictures.addAll(files.sorted().toList());
            }
        }
        assertThat(pictures).hasSize(153);
        return pictures;
    }
}
