package dev.repsr.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sha2;

import dev.repsr.OutputRefused;
import dev.repsr.app.CommandFailure;
import dev.repsr.app.ExitCode;
import dev.repsr.image.PictureProbe;
import dev.repsr.io.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * A job on the rows of a table. Each row of OUT has the picture's key and bytes under the names that they have in IN, and what became of
 * it as {@code repsr}. Spark's committer lets the rows of a job be there together, at its end; a refused picture has a row in the report
 * alone.
 */
final class TableRun {
    /** The column of OUT that says what became of a picture. */
    static final String MADE = "repsr";

    /** Rows that are read at a time: each is a whole picture file. */
    private static final String ROWS_READ = "16";

    private final SparkSession spark;
    private final JavaSparkContext context;
    private final SparkOptions options;
    private final Settings settings;

    TableRun(SparkSession spark, SparkOptions options, Settings settings) {
        this.spark = spark;
        this.context = new JavaSparkContext(spark.sparkContext());
        this.options = options;
        this.settings = settings;
    }

    /** What was seen of a row. */
    record Look(String key, long bytes, long pixels, String sha256) implements Serializable {
        static Look of(Row row) {
            byte[] content = content(row);
            return new Look(
                    TableRun.key(row),
                    content.length,
                    PictureProbe.pixelsByBeginning(content, content.length),
                    Sha256.hex(content));
        }
    }

    /** The key of a row of two columns. */
    static String key(Row row) {
        return String.valueOf(row.getString(0));
    }

    static byte[] content(Row row) {
        byte @Nullable [] content = row.getAs(1);
        return content == null ? new byte[0] : content;
    }

    /** Enlarges everything; what became of each. */
    List<Outcome> run() throws IOException, CommandFailure {
        spark.conf().set("spark.sql.parquet.columnarReaderBatchSize", ROWS_READ);
        JavaRDD<Row> rows = input().toJavaRDD();
        Map<String, Outcome> made = made();
        List<Outcome> outcomes = new ArrayList<>();
        List<Packs.Weighed> weighed = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Look look : rows.map(Look::of).collect()) {
            Item item = new Item(weighed.size(), look.key(), look.bytes(), look.key(), made.get(look.key()));
            Outcome before = item.before();
            if (!keys.add(look.key())) {
                outcomes.add(Outcome.refused(
                        item, refusal(OutputRefused.Reason.TAKEN, look.key() + " is the key of several rows")));
            } else if (before == null) {
                weighed.add(new Packs.Weighed(item, look.pixels()));
            } else if (before.settings().equals(settings.checksum(options.upscaling.outputType(look.key())))
                    && before.input_sha256().equals(look.sha256())) {
                outcomes.add(before.again());
            } else {
                outcomes.add(Outcome.refused(
                        item,
                        refusal(
                                OutputRefused.Reason.EXISTS,
                                look.key() + " is in " + options.output
                                        + " already, made of another picture or by other settings")));
            }
        }
        outcomes.addAll(enlarge(rows, weighed));
        return outcomes;
    }

    private static OutputRefused refusal(OutputRefused.Reason reason, String message) {
        return new OutputRefused(reason, message);
    }

    private Dataset<Row> input() throws IOException, CommandFailure {
        Path input = new Path(options.input);
        if (!Store.fileSystem(input, context.hadoopConfiguration()).exists(input)) {
            throw new CommandFailure(ExitCode.REFUSED, "There is no table " + options.input);
        }
        Dataset<Row> table = read(options.input);
        List<String> columns = List.of(table.columns());
        for (String column : List.of(options.key, options.column)) {
            if (!columns.contains(column)) {
                throw CommandFailure.usage("the table " + options.input + " has no column " + column + "; it has "
                        + String.join(", ", columns) + " (--key and --column choose)");
            }
        }
        if (!table.schema().apply(options.column).dataType().equals(DataTypes.BinaryType)) {
            throw CommandFailure.usage(
                    "the column " + options.column + " holds no bytes; --column names one of type binary");
        }
        return table.select(col(options.key).cast("string"), col(options.column));
    }

    private Dataset<Row> read(String path) throws CommandFailure {
        try {
            return spark.read().parquet(path);
        } catch (Exception e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, path + " cannot be read as a table in Parquet: " + Sessions.firstLine(e));
        }
    }

    /** What is in OUT already and whole. */
    private Map<String, Outcome> made() throws IOException, CommandFailure {
        Path output = new Path(options.output);
        Store store = new Store(options.output, context.hadoopConfiguration());
        FileStatus[] found = store.files().globStatus(new Path(output, "[!_.]*"));
        if (found == null || found.length == 0) {
            return Map.of();
        }
        Dataset<Row> table = read(options.output);
        List<String> columns = List.of(table.columns());
        if (!columns.containsAll(List.of(options.key, options.column, MADE))) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    options.output + " exists already and is no table of enlarged pictures; name another one");
        }
        Map<String, Outcome> made = new HashMap<>();
        for (String line : table.where(sha2(col(options.column), 256).equalTo(col(MADE + ".sha256")))
                .select(MADE + ".*")
                .toJSON()
                .collectAsList()) {
            Outcome.of(line).ifPresent(outcome -> made.put(outcome.input(), outcome));
        }
        return made;
    }

    private List<Outcome> enlarge(JavaRDD<Row> rows, List<Packs.Weighed> weighed) {
        if (weighed.isEmpty()) {
            return List.of();
        }
        List<List<Item>> packs = Packs.of(weighed, context.defaultParallelism());
        HashMap<String, Integer> packOf = new HashMap<>();
        for (int i = 0; i < packs.size(); i++) {
            for (Item item : packs.get(i)) {
                packOf.put(item.name(), i);
            }
        }
        Broadcast<HashMap<String, Integer>> shared = context.broadcast(packOf);
        CollectionAccumulator<Outcome> outcomes = context.sc().collectionAccumulator("outcomes");
        JavaRDD<Row> made = rows.filter(row -> shared.value().containsKey(key(row)))
                .mapToPair(row -> new Tuple2<>(shared.value().get(key(row)), row))
                .partitionBy(new HashPartitioner(packs.size()))
                .values()
                .mapPartitions(new TableTask(context.broadcast(settings), outcomes));
        spark.createDataFrame(made, columns())
                .write()
                .mode(SaveMode.Append)
                // A row is a whole picture: how much is in memory is looked at with each.
                .option("parquet.block.size.row.check.min", "1")
                .option("parquet.page.size.row.check.min", "1")
                .parquet(options.output);
        return outcomes.value();
    }

    private StructType columns() {
        return new StructType()
                .add(options.key, DataTypes.StringType)
                .add(options.column, DataTypes.BinaryType)
                .add(MADE, Outcome.columns());
    }
}
