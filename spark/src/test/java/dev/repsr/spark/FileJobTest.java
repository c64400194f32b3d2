package dev.repsr.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.Upscaler;
import dev.repsr.app.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJobTest {
    private static final String MASTER = "local[2]";

    @TempDir
    private Path folder;

    private Path in;
    private Path out;
    private String model;

    @BeforeEach
    void makeFolders() throws Exception {
        in = folder.resolve("in");
        out = folder.resolve("out");
        model = TestModels.writeNearest(folder, 2).toString();
        SparkTrial.writePictures(in, 20);
    }

    private SparkTrial.Run run(String... more) {
        List<String> words =
                new ArrayList<>(List.of("upscale", "--master", MASTER, "-m", model, in.toString(), out.toString()));
        words.addAll(List.of(more));
        return SparkTrial.here(words.toArray(String[]::new));
    }

    @Test
    void refusedPictureIsRowAndTheRestIsEqualToTheBit() throws Exception {
        Map<String, byte[]> expected = SparkTrial.expected(Upscaler.load(model), in);
        Files.writeString(in.resolve("broken.jpg"), "no picture");
        Files.writeString(in.resolve("notes.txt"), "passed over");

        SparkTrial.Run run = run();

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.out()).contains("20 enlarged, 0 there already, 1 refused");
        assertThat(run.err()).contains("broken.jpg is not a picture").contains("1 file that is no picture passed over");
        assertThat(SparkTrial.outputs(out)).hasSize(20);
        SparkTrial.assertEqualToTheBit(out, expected);
        assertThat(out.resolve("_repsr/parts")).doesNotExist();
        Row broken = report("input = 'broken.jpg'");
        assertThat(broken.<String>getAs("refused")).isEqualTo("not_a_picture");
        Row first = report("input = 'p1.png'");
        assertThat(first.<Integer>getAs("input_width")).isEqualTo(25);
        assertThat(first.<Integer>getAs("width")).isEqualTo(50);
        assertThat(first.<String>getAs("output")).isEqualTo("p1_x2.png");
        assertThat(first.<String>getAs("sha256")).hasSize(64);
    }

    private Row report(String where) throws IOException {
        try (SparkSession spark = SparkSession.builder().master(MASTER).getOrCreate()) {
            return spark.read()
                    .parquet(out.resolve("_repsr/report").toString())
                    .where(where)
                    .first();
        }
    }

    @Test
    void finishedOutputsAreSkippedAndLostOrChangedOnesAreNot() throws Exception {
        assertThat(run().exitCode()).isZero();
        Map<String, byte[]> expected = SparkTrial.expected(Upscaler.load(model), in);
        FileTime made = Files.getLastModifiedTime(out.resolve("p2_x2.png"));
        Files.delete(out.resolve("p0_x2.png"));
        Files.writeString(out.resolve("p1_x2.png"), "somebody else's");

        SparkTrial.Run again = run();

        assertThat(again.out()).contains("1 enlarged, 18 there already, 1 refused");
        assertThat(again.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.err()).contains("p1_x2.png exists already");
        assertThat(out.resolve("p1_x2.png")).hasContent("somebody else's");
        assertThat(Files.getLastModifiedTime(out.resolve("p2_x2.png"))).isEqualTo(made);
        assertThat(run("--overwrite").exitCode()).isZero();
        SparkTrial.assertEqualToTheBit(out, expected);
    }

    @Test
    void treeIsKeptAndTwoInputsOfOneOutputAreNotMixedUp() throws Exception {
        Files.createDirectories(in.resolve("deeper/still"));
        Files.copy(in.resolve("p1.png"), in.resolve("deeper/still/1:2 b%20.png"));
        Files.copy(in.resolve("p1.png"), in.resolve("p1.bmp"));

        SparkTrial.Run run = run("-r", "-f", "tiff");

        assertThat(run.out()).contains("21 enlarged, 0 there already, 1 refused");
        assertThat(run.err()).contains("p1.png would become p1_x2.tif, as p1.bmp does");
        assertThat(out.resolve("deeper/still/1:2 b%20_x2.tif")).hasSameBinaryContentAs(out.resolve("p1_x2.tif"));
    }

    @Test
    void whatDoesNotFitIsOneSentence() {
        SparkTrial.Run nowhere = SparkTrial.here("upscale", "--master", MASTER, in + "/none", out.toString());
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(nowhere.err()).isEqualTo("repsr: There is no file or folder " + in + "/none\n");

        SparkTrial.Run unknown = SparkTrial.here("upscale", "--master", "nonsense", in.toString(), out.toString());
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err())
                .startsWith("repsr: Spark does not start with the master nonsense")
                .hasLineCount(1);

        SparkTrial.Run scheme = SparkTrial.here("upscale", "--master", MASTER, "nosuch://x/y", out.toString());
        assertThat(scheme.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(scheme.err()).contains("nosuch").hasLineCount(1);

        SparkTrial.Run itself = SparkTrial.here("upscale", "--master", MASTER, in.toString(), in.toString());
        assertThat(itself.exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
