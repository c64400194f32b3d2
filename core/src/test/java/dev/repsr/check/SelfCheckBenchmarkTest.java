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
import dev.repsr.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check on every picture of the benchmarks, reduced by the network's scale as in their protocol. */
@Tag("data")
class SelfCheckBenchmarkTest {
    private static final long MEMORY = 1L << 28;
    private static final String ETDS = "weights/etds/";
    private static final String REALESR = "weights/realesr-compact/";

    /** Of these faults each must be found on nine in ten pictures; the rest have no colours, or nothing but diagonal lines. */
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
        List<String> refused = new ArrayList<>();
        for (Path file : pictures()) {
            Picture small = small(file, network.scale());
            SelfCheck check = new SelfCheck(file.toString(), small.format(), network.scale());
            try (PictureRows rows = check.output(NetworkRows.enlarge(prepared, check.input(small.rows()), 2, MEMORY))) {
                PlantedFault.readAll(rows);
            } catch (OutputDisagrees e) {
                refused.add(e.getMessage());
            }
        }
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void faultsPlantedIntoTheBuiltInNetworksAreFound(int scale) throws IOException {
        Network network = network(Models.defaultOf(scale).name());
        PreparedNetwork prepared = Engines.choose("auto").prepare(network);
        List<Path> pictures = pictures();
        List<PlantedFault> all =
                Stream.concat(FAULTS.stream(), GROSS_FAULTS.stream()).toList();
        int[] found = new int[all.size()];
        for (Path file : pictures) {
            Picture small = small(file, scale);
            for (int i = 0; i < all.size(); i++) {
                found[i] += isFound(all.get(i), prepared, small) ? 1 : 0;
            }
        }
        for (int i = 0; i < all.size(); i++) {
            int least = GROSS_FAULTS.contains(all.get(i)) ? pictures.size() : pictures.size() * 9 / 10;
            assertThat(found[i]).as("%s of %d", all.get(i), pictures.size()).isGreaterThanOrEqualTo(least);
        }
    }

    private static boolean isFound(PlantedFault fault, PreparedNetwork network, Picture small) throws IOException {
        SelfCheck check =
                new SelfCheck("picture", small.format(), network.network().scale());
        PictureRows enlarged = NetworkRows.enlarge(network, check.input(small.rows()), 2, MEMORY);
        try (PictureRows rows =
                check.output(fault.in(enlarged, network.network().scale()))) {
            PlantedFault.readAll(rows);
            return false;
        } catch (OutputDisagrees e) {
            return true;
        }
    }

    private static Picture small(Path file, int scale) throws IOException {
        return Bicubic.reduce(ImageReader.read(file, ImageLimits.defaults()).picture(), scale);
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
