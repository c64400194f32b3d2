package dev.repsr.check;

import static org.assertj.core.api.Assertions.assertThat;

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

    /** Of these faults each must be found on most pictures; the rest have no colours, or nothing but diagonal lines. */
    private static final List<PlantedFault> FAULTS = List.of(
            PlantedFault.RED_AND_BLUE_EXCHANGED,
            PlantedFault.SHIFTED,
            PlantedFault.BLOCKS_TRANSPOSED,
            PlantedFault.BLOCKS_TURNED,
            PlantedFault.CHANNELS_INSIDE_POSITIONS);

    /** And these on every one. */
    private static final List<PlantedFault> GROSS_FAULTS = List.of(PlantedFault.BLACK, PlantedFault.CONSTANT);

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
    void networkAgreesOnEveryPicture(String name) throws IOException {
        Network network = network(name);
        PreparedNetwork prepared = Engines.choose("auto").prepare(network);
        List<Path> pictures = pictures();
        List<String> refused = pictures.parallelStream()
                .map(file -> complaint(file, SIDE, prepared, PlantedFault.NONE))
                .flatMap(Optional::stream)
                .toList();
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void faultsPlantedIntoTheBuiltInNetworksAreFound(int scale) throws IOException {
        PreparedNetwork prepared =
                Engines.choose("auto").prepare(network(Models.defaultOf(scale).name()));
        List<Path> all = pictures();
        List<Path> pictures = IntStream.range(0, all.size())
                .filter(i -> i % STEP == 0)
                .mapToObj(all::get)
                .toList();
        for (PlantedFault fault :
                Stream.concat(FAULTS.stream(), GROSS_FAULTS.stream()).toList()) {
            long found = pictures.parallelStream()
                    .filter(file ->
                            complaint(file, Integer.MAX_VALUE, prepared, fault).isPresent())
                    .count();
            assertThat(found)
                    .as("%s of %d", fault, pictures.size())
                    .isGreaterThanOrEqualTo(pictures.size() * (GROSS_FAULTS.contains(fault) ? 10 : 9) / 10);
        }
        PreparedNetwork wrong = Engines.choose("auto").prepare(withChannelsInside(prepared.network()));
        long found = pictures.parallelStream()
                .filter(file -> complaint(file, Integer.MAX_VALUE, wrong, PlantedFault.NONE)
                        .isPresent())
                .count();
        assertThat(found).as("wrong tail of %d", pictures.size()).isGreaterThanOrEqualTo(pictures.size() * 9 / 10);
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

    /** What the check says about a picture that was enlarged on one thread and spoilt. */
    private static Optional<String> complaint(Path file, int side, PreparedNetwork network, PlantedFault fault) {
        int scale = network.network().scale();
        Picture small = SMALL.computeIfAbsent(file + " " + scale + " " + side, key -> small(file, scale, side));
        SelfCheck check = new SelfCheck(file.toString(), small.format(), scale);
        try {
            PictureRows enlarged = new NetworkRows(network, false).enlarge(check.input(small.rows()), 1, MEMORY);
            try (PictureRows rows = check.output(fault.in(enlarged, scale))) {
                PlantedFault.readAll(rows);
                return Optional.empty();
            }
        } catch (OutputDisagrees e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
