package dev.repsr.spark;

import dev.repsr.app.CommandFailure;
import dev.repsr.io.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.CollectionAccumulator;

/** One task: enlarges rows, one at a time as the writer asks for them. What became of each goes to the machine that started the job. */
record TableTask(Broadcast<Settings> settings, CollectionAccumulator<Outcome> outcomes)
        implements FlatMapFunction<Iterator<Row>, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> rows) throws IOException, CommandFailure {
        Pictures pictures = new Pictures(settings.value());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                .flatMap(row -> enlarge(row, pictures))
                .iterator();
    }

    private Stream<Row> enlarge(Row row, Pictures pictures) {
        String key = TableRun.key(row);
        byte[] content = TableRun.content(row);
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try {
            Item item = new Item(0, key, content.length, key, null);
            Outcome outcome = pictures.enlarge(item, key, () -> content, written -> {
                written.to(made);
                return Sha256.hex(made.toByteArray());
            });
            outcomes.add(outcome);
            return outcome.refused() == null
                    ? Stream.of(RowFactory.create(key, made.toByteArray(), outcome.row()))
                    : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
