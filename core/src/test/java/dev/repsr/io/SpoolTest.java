package dev.repsr.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpoolTest {
    private static final int MIB = 1 << 20;

    @Test
    void whatIsWrittenIsReadAndGoneWhenItIsClosed() throws Exception {
        byte[] bytes = new byte[300_000];
        Arrays.fill(bytes, (byte) 7);
        try (Spool spool = Spool.open("testing", MIB)) {
            Spool.Entry entry = spool.create();
            entry.write(1);
            entry.write(bytes);
            entry.patch(0, new byte[] {9});
            entry.finish();
            assertThat(entry.size()).isEqualTo(300_001);
            assertThat(spool.bytes()).isEqualTo(300_001);
            try (InputStream in = entry.read()) {
                assertThat(in.read()).isEqualTo(9);
                entry.close();
                // Who has begun to read it reads it to its end.
                assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
            assertThat(entry.file()).doesNotExist();
            assertThat(spool.bytes()).isZero();
            assertThat(spool.files()).isZero();
        }
    }

    @Test
    void allFilesTogetherHoldNoMoreThanIsAllowed() throws Exception {
        try (Spool spool = Spool.open("testing", MIB)) {
            Spool.Entry first = spool.create();
            Spool.Entry second = spool.create();
            first.write(new byte[MIB - 10]);
            first.finish();
            assertThatThrownBy(() -> {
                        second.write(new byte[100]);
                        second.flush();
                    })
                    .isInstanceOf(Spool.Full.class);
            second.close();
            assertThat(spool.bytes()).isEqualTo(MIB - 10);
            first.close();
            assertThat(spool.bytes()).isZero();
        }
    }

    @Test
    void closingTheSpoolDeletesAllThatIsLeft() throws Exception {
        Spool spool = Spool.open("testing", MIB);
        Spool.Entry entry = spool.create();
        entry.write(new byte[100]);
        entry.finish();
        Path folder = entry.file().getParent();

        spool.close();

        assertThat(folder).doesNotExist();
        spool.close();
    }
}
