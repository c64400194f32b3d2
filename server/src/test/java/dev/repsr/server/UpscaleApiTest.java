package dev.repsr.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.Models;
import dev.repsr.TestPictures;
import dev.repsr.Upscaler;
import dev.repsr.image.DecodedPicture;
import dev.repsr.image.EncodeOptions;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageMetadata;
import dev.repsr.image.ImageReader;
import dev.repsr.image.ImageType;
import dev.repsr.image.ImageWriter;
import dev.repsr.image.Picture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpscaleApiTest {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;

    private static RunningServer server;
    private static byte[] scene;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start();
        scene = TestPictures.encode(TestPictures.scene(WIDTH, HEIGHT), ImageType.PNG);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    static Picture read(byte[] file) throws IOException {
        return decode(file).picture();
    }

    private static DecodedPicture decode(byte[] file) throws IOException {
        return ImageReader.read(new ByteArrayInputStream(file), "answer", ImageLimits.defaults());
    }

    @Test
    void thePictureIsTheOneThatTheLibraryMakes() throws Exception {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        Upscaler.load(Models.defaultOf(2).name())
                .upscale(new ByteArrayInputStream(scene))
                .to(expected, ImageType.PNG);

        HttpResponse<byte[]> answer = server.post("/api/upscale?scale=2&format=png", scene);

        assertThat(answer.statusCode()).as(RunningServer.text(answer)).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(answer.headers().firstValue("X-Repsr-Size")).contains("80x60");
        assertThat(answer.headers().firstValue("X-Repsr-Model"))
                .contains(Models.defaultOf(2).name());
        assertThat(answer.body()).isEqualTo(expected.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "scale=3, 120, 90",
        "scale=1.5, 60, 45",
        "width=100, 100, 75",
        "height=60, 80, 60",
        "long_side=200, 200, 150",
        "model=clean&scale=2, 80, 60",
        "model=repsr-m10c32-x2, 80, 60",
        "'', 160, 120"
    })
    void sizesAreThoseOfTheCommandLine(String query, int width, int height) throws Exception {
        HttpResponse<byte[]> answer = server.post("/api/upscale?" + query, scene);

        assertThat(answer.statusCode()).as(RunningServer.text(answer)).isEqualTo(200);
        Picture picture = read(answer.body());
        assertThat(picture.width()).isEqualTo(width);
        assertThat(picture.height()).isEqualTo(height);
    }

    @ParameterizedTest
    @CsvSource({
        "png, image/png, PNG",
        "jpg, image/jpeg, JPEG",
        "tiff, image/tiff, TIFF",
        "gif, image/gif, GIF",
        "webp, image/webp, WEBP",
        "same, image/png, PNG"
    })
    void formatsAreThoseOfTheCommandLine(String format, String mediaType, ImageType type) throws Exception {
        HttpResponse<byte[]> answer = server.post("/api/upscale?scale=2&format=" + format, scene);

        assertThat(answer.statusCode()).as(RunningServer.text(answer)).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(mediaType);
        assertThat(decode(answer.body()).type()).isEqualTo(type);
    }

    @Test
    void aFormMayCarryThePictureAndTheParameters() throws Exception {
        HttpResponse<byte[]> answer = sendForm("/api/upscale", Map.of("scale", "2", "format", "jpg"), "image");

        assertThat(answer.statusCode()).as(RunningServer.text(answer)).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(read(answer.body()).width()).isEqualTo(2 * WIDTH);
        assertThat(server.server().spoolFiles()).isZero();
    }

    @Test
    void aFormWithoutThePictureIsRefused() throws Exception {
        HttpResponse<byte[]> answer = sendForm("/api/upscale", Map.of("scale", "2"), "picture");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(RunningServer.json(answer).get("message")).asString().contains("'image'");
    }

    private static HttpResponse<byte[]> sendForm(String path, Map<String, String> fields, String image)
            throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            body.writeBytes(("--limit\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n"
                            + field.getValue() + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--limit\r\nContent-Disposition: form-data; name=\"" + image
                        + "\"; filename=\"../../etc/M\u00f6we.png\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(scene);
        body.writeBytes("\r\n--limit--\r\n".getBytes(StandardCharsets.UTF_8));
        return server.send(server.request(path)
                .header("Content-Type", "multipart/form-data; boundary=limit")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scale=9",
                "scale=0.5",
                "scale=1e0",
                "scale=x",
                "scale=2&width=3",
                "scale=2&scale=3",
                "width=0",
                "width=2000000000",
                "long_side=1.5",
                "format=bmp",
                "format=photo.png",
                "quality=90",
                "quality=0&format=jpg",
                "denoise=2",
                "strict=perhaps",
                "metadata=some",
                "self_check=maybe",
                "threads=8",
                "scale=%ff"
            })
    void whatIsNotAllowedIsSaidToBeSo(String query) throws Exception {
        HttpResponse<byte[]> answer = server.post("/api/upscale?" + query, scene);

        assertThat(answer.statusCode()).as(RunningServer.text(answer)).isEqualTo(400);
        assertThat(RunningServer.json(answer).get("reason")).isEqualTo("bad_request");
        assertThat(RunningServer.json(answer).get("message")).asString().isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "../models/x.safetensors", "/etc/passwd", "x.pth", "photos", "CLEAN"})
    void modelsAreNamesAndNeverFiles(String name) throws Exception {
        HttpResponse<byte[]> answer = server.post("/api/upscale?model=" + name, scene);

        assertThat(answer.statusCode()).as(RunningServer.text(answer)).isEqualTo(400);
        assertThat(RunningServer.json(answer).get("reason")).isEqualTo("unknown_model");
    }

    @Test
    void metadataIsDroppedUnlessItIsAskedFor() throws Exception {
        ImageMetadata stated = new ImageMetadata(null, new ImageMetadata.Density(300, 300), 1);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter.write(TestPictures.scene(WIDTH, HEIGHT).rows(), ImageType.PNG, new EncodeOptions(95, stated), file);

        byte[] usual = server.post("/api/upscale?scale=2", file.toByteArray()).body();
        byte[] all = server.post("/api/upscale?scale=2&metadata=all", file.toByteArray())
                .body();

        assertThat(decode(usual).metadata()).isEqualTo(ImageMetadata.NONE);
        assertThat(decode(all).metadata().density()).isNotNull();
    }

    @Test
    void modelsListsWhatMayBeNamed() throws Exception {
        HttpResponse<byte[]> answer = server.get("/api/models");

        assertThat(RunningServer.json(answer).get("models"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .anySatisfy(model -> {
                    assertThat(model.get("name")).isEqualTo("repsr-m10c32-x2");
                    assertThat(model.get("scale")).isEqualTo(2);
                    assertThat(model.get("default")).isEqualTo(true);
                    assertThat(model.get("short_names")).isEqualTo(List.of("clean"));
                });
    }
}
