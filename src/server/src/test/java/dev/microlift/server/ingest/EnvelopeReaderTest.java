package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {

    private final EnvelopeReader reader = new EnvelopeReader(new StrictJson());

    private void assertRefused(byte[] body, ErrorCode code) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reader.batch(body))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void whatHoldsForAllMessagesMayStandBeforeOrAfterThem() {
        for (String body : new String[] {
            "{\"batch\": [{}], \"writeKey\": \"k\", \"sentAt\": \"2026-05-20T12:00:00Z\", \"context\": {\"a\": 1}}",
            "{\"writeKey\": \"k\", \"context\": {\"a\": 1}, \"sentAt\": \"2026-05-20T12:00:00Z\", \"batch\": [{}]}"
        }) {
            Envelope envelope = reader.batch(body.getBytes(UTF_8));

            assertThat(envelope.messages()).hasSize(1);
            assertThat(envelope.writeKey()).contains("k");
            assertThat(envelope.sentAt()).isEqualTo(Instant.parse("2026-05-20T12:00:00Z"));
            assertThat(envelope.context().path("a").intValue()).isEqualTo(1);
        }
    }

    @Test
    void theSizeOfAMessageIsWhatItTakesInTheBody() {
        Envelope envelope = reader.batch("{\"batch\": [ {\"a\": \"é\" } ,{}, 7, \"x\"]}".getBytes(UTF_8));

        assertThat(envelope.messages()).extracting(RawMessage::bytes).startsWith(12L, 2L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{\"batch\": [{}]",
                "{\"batch\": [{}]} x",
                "{\"batch\": [{}]}{}",
                "{\"batch\": [], \"batch\": []}",
                "{\"batch\": [{\"a\": 1, \"a\": 2}]}",
                "{\"batch\": [{\"a\": NaN}]}",
                "{\"batch\": [{'a': 1}]}",
                "{\"batch\": [{\"a\": 01}]}",
                "{\"batch\": [{},]}",
                "{\"batch\": [\"\u0001\"]}",
                "{\"batch\": [], \"\\udc00\": 1}",
                "{\"batch\": [{\"\\udc00\": 1}]}"
            })
    void aBodyThatIsNotOneJsonDocumentIsRefusedWhole(String body) {
        assertRefused(body.getBytes(UTF_8), ErrorCode.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "null",
                "\"x\"",
                "{\"batch\": [], \"context\": 7}",
                "{\"batch\": [], \"context\": {\"x\": \"\\ud800\"}}"
            })
    void aDocumentThatIsNotABatchIsRefusedWhole(String body) {
        assertRefused(body.getBytes(UTF_8), ErrorCode.INVALID_DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"batch\": {}}", "{\"batch\": null}"})
    void aDocumentWithoutMessagesIsIncompleteButMaySayItsKey(String body) {
        String signed = body.replaceFirst("}$", (body.equals("{}") ? "" : ", ") + "\"writeKey\": \"k\"}");

        Envelope envelope = reader.batch(signed.getBytes(UTF_8));

        assertThat(envelope.isComplete()).isFalse();
        assertThat(envelope.writeKey()).contains("k");
    }

    @Test
    void onlyUtf8IsRead() {
        assertRefused("{\"batch\": [{}]}".getBytes(UTF_16LE), ErrorCode.MALFORMED_JSON);
        assertRefused(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, ErrorCode.MALFORMED_JSON);
    }

    @Test
    void sixteenLevelsAreRead() {
        String inner = "[".repeat(13) + "]".repeat(13);
        Envelope envelope = reader.batch(("{\"batch\": [{\"a\": " + inner + "}]}").getBytes(UTF_8));

        assertThat(envelope.messages()).hasSize(1);
    }

    @Test
    void seventeenLevelsAreTooLarge() {
        String inner = "[".repeat(14) + "]".repeat(14);

        assertRefused(("{\"batch\": [{\"a\": " + inner + "}]}").getBytes(UTF_8), ErrorCode.TOO_LARGE);
        assertRefused("[".repeat(100_000).getBytes(UTF_8), ErrorCode.INVALID_DOCUMENT);
    }

    @Test
    void aBatchHoldsAtMost2500Messages() {
        assertThat(reader.batch(batchOf(2_500)).messages()).hasSize(2_500);
        assertRefused(batchOf(2_501), ErrorCode.TOO_LARGE);
    }

    private static byte[] batchOf(int messages) {
        return ("{\"batch\": [" + "{},".repeat(messages - 1) + "{}]}").getBytes(UTF_8);
    }

    @Test
    void aSingleMessageIsTheWholeBody() {
        byte[] body = "{\"event\": \"e\", \"writeKey\": \"k\"}".getBytes(UTF_8);
        Envelope envelope = reader.single(body);

        assertThat(envelope.writeKey()).contains("k");
        assertThat(envelope.messages()).extracting(RawMessage::bytes).containsExactly((long) body.length);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> reader.single("[]".getBytes(UTF_8)));
    }
}
