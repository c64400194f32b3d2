package dev.repsr.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.Upscaler;
import dev.repsr.app.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TableJobTest {
    private static final String MASTER = "local[2]";
    private static final int PICTURES = 12;
    private static final StructType COLUMNS =
            new StructType().add("id", DataTypes.StringType).add("bytes", DataTypes.BinaryType);

    @TempDir
    private Path folder;

    @Test
    void rowsBecomeRowsEqualToTheBitAndAreMadeOnce() throws Exception {
        String model = TestModels.writeNearest(folder, 2).toString();
        Path pictures = folder.resolve("pictures");
        SparkTrial.writePictures(pictures, PICTURES);
        Map<String, byte[]> expected = SparkTrial.expected(Upscaler.load(model), pictures);
        Path in = folder.resolve("in");
        writeTable(pictures, in);
        Path out = folder.resolve("out");

        SparkTrial.Run run = run(in, out, model);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.out()).contains("12 enlarged, 0 there already, 2 refused");
        assertThat(run.err()).contains("nonsense is not a picture").contains("nothing is empty");
        SparkTrial.Run again = run(in, out, model);
        assertThat(again.out()).contains("0 enlarged, 12 there already, 2 refused");
        SparkTrial.Run otherwise = run(in, out, model, "-f", "tiff");
        assertThat(otherwise.out()).contains("0 enlarged, 0 there already, 14 refused");
        List<Row> rows = read(out);
        assertThat(rows).hasSize(PICTURES);
        for (Row row : rows) {
            String name = row.getString(0).replace(".png", "_x2.png");
            assertThat(row.<byte[]>getAs("bytes")).as(name).isEqualTo(expected.get(name));
            assertThat(row.getStruct(2).<String>getAs("sha256")).hasSize(64);
        }
    }

    @Test
    void whatIsNoSuchTableIsOneSentence() throws Exception {
        Path in = folder.resolve("in");
        SparkTrial.writePictures(folder.resolve("pictures"), 1);
        writeTable(folder.resolve("pictures"), in);
        SparkTrial.Run column = SparkTrial.here(
                "upscale",
                "--master",
                MASTER,
                "--table",
                in.toString(),
                folder.resolve("out").toString());
        assertThat(column.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(column.err()).contains("has no column path; it has id, bytes");

        SparkTrial.Run foreign = run(in, in, TestModels.writeNearest(folder, 2).toString());
        assertThat(foreign.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(foreign.err()).contains("exists already and is no table of enlarged pictures");
    }

    private static SparkTrial.Run run(Path in, Path out, String model, String... more) {
        List<String> words = new ArrayList<>(
                List.of("upscale", "--master", MASTER, "--table", "--key", "id", "--column", "bytes", "-m", model));
        words.addAll(List.of(more));
        words.addAll(List.of(in.toString(), out.toString()));
        return SparkTrial.here(words.toArray(String[]::new));
    }

    private static void writeTable(Path pictures, Path table) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Path file : SparkTrial.outputs(pictures)) {
            rows.add(RowFactory.create(file.getFileName().toString(), Files.readAllBytes(file)));
        }
        rows.add(RowFactory.create("nonsense", "no picture".getBytes(StandardCharsets.UTF_8)));
        rows.add(RowFactory.create("nothing", null));
        try (SparkSession spark = SparkSession.builder().master(MASTER).getOrCreate()) {
            spark.createDataFrame(rows, COLUMNS).write().parquet(table.toString());
        }
    }

    private static List<Row> read(Path table) throws Exception {
        try (SparkSession spark = SparkSession.builder().master(MASTER).getOrCreate()) {
            return spark.read().parquet(table.toString()).collectAsList();
        }
    }
}
