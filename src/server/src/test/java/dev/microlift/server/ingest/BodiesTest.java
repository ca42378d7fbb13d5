package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {

    private static Submission submission(Map<String, String> headers, byte[] body) {
        return new Submission("/v1/batch", headers::get, new ByteArrayInputStream(body));
    }

    private static byte[] read(byte[] body, boolean gzip, int maxBytes) {
        return Bodies.read(
                submission(Map.of(), body),
                new BodyFormat(BodyFormat.Form.DOCUMENT, gzip),
                maxBytes,
                new Head(),
                bytes -> {});
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static void assertRefused(byte[] body, boolean gzip, int maxBytes, ErrorCode code) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(body, gzip, maxBytes))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void aBodyOfExactlyTheLimitIsReadAndOneByteMoreIsTooLarge() {
        assertThat(read(new byte[Limits.WIRE_BYTES], false, Limits.CLIENT_BYTES))
                .hasSize(Limits.WIRE_BYTES);
        assertRefused(new byte[Limits.WIRE_BYTES + 1], false, Limits.CLIENT_BYTES, ErrorCode.TOO_LARGE);
        assertThat(read(gzip(new byte[1000]), true, 1000)).hasSize(1000);
        assertRefused(gzip(new byte[1001]), true, 1000, ErrorCode.TOO_LARGE);
    }

    @Test
    void aCompressedBodyIsReadWhole() {
        byte[] text = "grüße".getBytes(UTF_8);

        assertThat(read(gzip(text), true, 100)).isEqualTo(text);
    }

    @Test
    void aBombIsLeftAlmostUnread() {
        AtomicLong left = new AtomicLong();
        byte[] bomb = gzip(new byte[100_000_000]);
        InputStream counted = new ByteArrayInputStream(bomb) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                int count = super.read(buffer, offset, length);
                left.set(available());
                return count;
            }
        };

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Bodies.read(
                        new Submission("/v1/batch", name -> null, counted),
                        new BodyFormat(BodyFormat.Form.DOCUMENT, true),
                        Limits.CLIENT_BYTES,
                        new Head(),
                        bytes -> {}));
        assertThat(left.get()).isGreaterThan(bomb.length / 2);
    }

    @Test
    void whatIsNotAWholeGzipStreamIsABadRequest() {
        byte[] whole = gzip(new byte[10_000]);

        assertRefused("plain".getBytes(UTF_8), true, 100, ErrorCode.BAD_REQUEST);
        assertRefused(new byte[0], true, 100, ErrorCode.BAD_REQUEST);
        assertRefused(Arrays.copyOf(whole, whole.length - 5), true, 100_000, ErrorCode.BAD_REQUEST);
        byte[] damaged = whole.clone();
        damaged[whole.length - 6] ^= 1;
        assertRefused(damaged, true, 100_000, ErrorCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=UTF-8",
                "text/plain",
                "text/plain;charset=utf-8",
                "application/json; charset=\"utf8\"",
                "application/json; profile=x"
            })
    void jsonComesUnderTheseNames(String contentType) {
        assertThat(BodyFormat.of(submission(Map.of("Content-Type", contentType), new byte[0])))
                .isEqualTo(new BodyFormat(BodyFormat.Form.DOCUMENT, false));
    }

    @Test
    void aBodyWithoutContentTypeIsJson() {
        assertThat(BodyFormat.of(submission(Map.of(), new byte[0])))
                .isEqualTo(new BodyFormat(BodyFormat.Form.DOCUMENT, false));
    }

    @Test
    void linesAndCompressionAreRecognised() {
        Map<String, String> headers = Map.of("Content-Type", "application/x-ndjson", "Content-Encoding", "GZip");

        assertThat(BodyFormat.of(submission(headers, new byte[0])))
                .isEqualTo(new BodyFormat(BodyFormat.Form.LINES, true));
    }

    @ParameterizedTest
    @CsvSource({
        "application/xml, identity",
        "application/x-www-form-urlencoded, identity",
        "multipart/form-data; boundary=x, identity",
        "application/json; charset=utf-16, identity",
        "text/plain; charset=iso-8859-1, identity",
        "application/json, br",
        "application/json, deflate",
        "application/json, 'gzip, gzip'"
    })
    void otherTypesAndEncodingsAreNotServed(String contentType, String encoding) {
        Map<String, String> headers = Map.of("Content-Type", contentType, "Content-Encoding", encoding);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> BodyFormat.of(submission(headers, new byte[0])))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE));
    }
}
