package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({"1,1", "512m,536870912", "2G,2147483648", "3kb,3072", "1MiB,1048576", "1t,1099511627776"})
    void unitsAreBinary(String text, long bytes) {
        assertThat(new ByteSize().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "m", "1.5g", "12x", "999999999999t", "1 g"})
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> new ByteSize().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void wordsUseTheLargestUnitThatFits() {
        assertThat(ByteSize.words(10)).isEqualTo("1 KiB");
        assertThat(ByteSize.words(3 << 19)).isEqualTo("1.5 MiB");
        assertThat(ByteSize.words(5L << 29)).isEqualTo("2.5 GiB");
    }
}
