package dev.repsr.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.Models;
import dev.repsr.SelfCheckMode;
import dev.repsr.TestData;
import dev.repsr.TestPictures;
import dev.repsr.UpscaleOptions;
import dev.repsr.Upscaler;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.image.ImageType;
import dev.repsr.image.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No sound picture may be refused. */
class SoundPicturesTest {
    /** Of each kind: a thousand in all. */
    private static final int THOUSAND = 48;

    private static final int FEW = 2;

    /** Of each kind with the larger networks of others; -Drepsr.sound=48 makes them a thousand too, which takes a quarter of an hour. */
    private static final int SOME = Integer.getInteger("repsr.sound", 8);

    @ParameterizedTest
    @MethodSource("builtIn")
    void builtInNetworksKeepPicturesOfEveryKind(String name) throws IOException {
        assertThat(refused(Models.open(name), FEW)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    @Tag("slow")
    void builtInNetworksKeepAThousandPictures(String name) throws IOException {
        assertThat(refused(Models.open(name), THOUSAND)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "etds/ECBSR_M4C16_x2.pth",
                "etds/ECBSR_M4C32_x3.pth",
                "etds/ECBSR_M6C40_x2.pth",
                "etds/ECBSR_M6C40_x4.pth",
                "realesr-compact/realesr-animevideov3.pth",
                "realesr-compact/realesr-animevideov3-x4.param",
                "realesr-compact/RealESRGAN_General_x4_v3.param",
                "realesr-compact/4xLSDIRCompactC3.param"
            })
    @Tag("slow")
    @Tag("data")
    void networksOfOthersKeepPicturesOfEveryKind(String file) throws IOException {
        assertThat(refused(ModelFile.open(TestData.require("weights/" + file)), SOME))
                .isEmpty();
    }

    @Test
    void thereAreAThousandAndEachKindHasManyLooks() {
        assertThat(THOUSAND * SoundPictures.values().length).isGreaterThan(1000);
        for (SoundPictures kind : SoundPictures.values()) {
            assertThat(IntStream.range(0, 6).mapToObj(kind::picture).distinct()).hasSize(6);
            Picture first = kind.picture(3);
            assertThat(kind.picture(3)).isEqualTo(first);
        }
    }

    static List<String> builtIn() throws IOException {
        return Models.list().stream().map(Models.BuiltIn::name).toList();
    }

    private static List<String> refused(Model model, int ofEachKind) {
        Upscaler upscaler =
                Upscaler.of(model, UpscaleOptions.defaults().withThreads(1).withSelfCheck(SelfCheckMode.ON));
        return Stream.of(SoundPictures.values())
                .flatMap(kind -> IntStream.range(0, ofEachKind)
                        .mapToObj(n -> refusal(upscaler, kind + " " + n, kind.picture(n))))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> refusal(Upscaler upscaler, String name, Picture picture) {
        try {
            byte[] file = TestPictures.encode(picture, ImageType.PNG);
            upscaler.upscale(new ByteArrayInputStream(file), name).to(OutputStream.nullOutputStream(), ImageType.PNG);
            return Optional.empty();
        } catch (OutputDisagrees e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
