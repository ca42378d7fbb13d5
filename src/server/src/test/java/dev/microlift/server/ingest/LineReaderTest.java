package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

    /** Gives few bytes at a time, as networks do. */
    private static InputStream dripping(String text, int atOnce) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, atOnce));
            }
        };
    }

    private static List<String> lines(InputStream in, int maxBytes) throws IOException {
        LineReader reader = new LineReader(in, maxBytes);
        List<String> lines = new ArrayList<>();
        while (reader.advance()) {
            lines.add(new String(reader.bytes(), 0, reader.length(), UTF_8) + (reader.isTooLong() ? "…" : ""));
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void linesAreTheSameHoweverTheirBytesArrive(int atOnce) throws IOException {
        assertThat(lines(dripping("one\n\ntwo\r\nlast", atOnce), 100)).containsExactly("one", "", "two\r", "last");
    }

    @Test
    void aLineFeedAtTheEndStartsNoLine() throws IOException {
        assertThat(lines(dripping("one\n", 100), 100)).containsExactly("one");
        assertThat(lines(dripping("", 100), 100)).isEmpty();
    }

    @Test
    void aLineBeyondTheLimitIsCutAndTheNextOneIsWhole() throws IOException {
        assertThat(lines(dripping("exact\n" + "x".repeat(200_000) + "\nafter", 1000), 5))
                .containsExactly("exact", "xxxxx…", "after");
    }

    @Test
    void ofALineThatIsTooLongNobodyKnowsWhetherItIsBlank() throws IOException {
        LineReader reader = new LineReader(dripping(" ".repeat(20) + "x", 7), 10);

        assertThat(reader.advance()).isTrue();
        assertThat(reader.isBlank()).isFalse();
    }

    @Test
    void whiteSpaceAloneIsBlank() throws IOException {
        LineReader reader = new LineReader(dripping(" \t\r\n x", 100), 100);

        assertThat(reader.advance()).isTrue();
        assertThat(reader.isBlank()).isTrue();
        assertThat(reader.advance()).isTrue();
        assertThat(reader.isBlank()).isFalse();
    }
}
