package dev.repsr.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repsr.UpscaleResult;
import dev.repsr.app.Failures;
import java.io.Serializable;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What became of a picture: a row of the report, a line of the journal.
 *
 * @param input its name below IN, or its key
 * @param output its name below OUT, or its key; null if there is none
 * @param input_width pixels across of the upright input, 0 if it was refused
 * @param input_height pixels down
 * @param width pixels across of the output, 0 if it was refused
 * @param height pixels down
 * @param millis reading, enlarging and writing
 * @param model that ran
 * @param engine that ran it
 * @param refused the reason, one word; null if it was enlarged
 * @param message the sentence to it
 * @param exit_code that the refusal stands for, else 0
 * @param resumed whether an earlier job or attempt had made it
 * @param input_sha256 checksum of the input
 * @param sha256 checksum of the output
 * @param settings checksum of all that decides what the output holds, besides the input
 */
record Outcome(
        String input,
        @Nullable String output,
        int input_width,
        int input_height,
        int width,
        int height,
        long millis,
        String model,
        String engine,
        @Nullable String refused,
        @Nullable String message,
        int exit_code,
        boolean resumed,
        String input_sha256,
        String sha256,
        String settings)
        implements Serializable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Options that a refusal may advise. */
    private static final Set<String> ADVICE =
            Set.of("--memory", "--max-megapixels", "--decode-timeout", "--overwrite", "--self-check");

    static Outcome enlarged(
            Item item, UpscaleResult result, int width, int height, String inputHash, String hash, String settings) {
        return new Outcome(
                item.name(),
                item.output(),
                width,
                height,
                result.width(),
                result.height(),
                result.millis(),
                result.model(),
                result.engine(),
                null,
                null,
                0,
                false,
                inputHash,
                hash,
                settings);
    }

    static Outcome refused(Item item, Exception why) {
        return new Outcome(
                item.name(),
                null,
                0,
                0,
                0,
                0,
                0,
                "",
                "",
                Failures.reason(why),
                Failures.sentence(why, ADVICE),
                Failures.exitCode(why),
                false,
                "",
                "",
                "");
    }

    /** The same, made by somebody else before. */
    Outcome again() {
        return new Outcome(
                input,
                output,
                input_width,
                input_height,
                width,
                height,
                millis,
                model,
                engine,
                refused,
                message,
                exit_code,
                true,
                input_sha256,
                sha256,
                settings);
    }

    /** The columns of the report: the components of this record. */
    static StructType columns() {
        StructType columns = new StructType();
        for (RecordComponent component : Outcome.class.getRecordComponents()) {
            DataType type = switch (component.getType().getSimpleName()) {
                case "int" -> DataTypes.IntegerType;
                case "long" -> DataTypes.LongType;
                case "boolean" -> DataTypes.BooleanType;
                default -> DataTypes.StringType;
            };
            columns = columns.add(component.getName(), type);
        }
        return columns;
    }

    Row row() {
        return RowFactory.create(
                input,
                output,
                input_width,
                input_height,
                width,
                height,
                millis,
                model,
                engine,
                refused,
                message,
                exit_code,
                resumed,
                input_sha256,
                sha256,
                settings);
    }

    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a line; one that is none, whoever wrote it, only means that its picture is made again. */
    static Optional<Outcome> of(String line) {
        try {
            Outcome read = MAPPER.readValue(line, Outcome.class);
            boolean whole =
                    read.input != null && read.input_sha256 != null && read.sha256 != null && read.settings != null;
            return whole ? Optional.of(read) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
