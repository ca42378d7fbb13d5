package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    private static final Instant RECEIVED = Instant.parse("2026-05-20T12:00:00Z");

    private final StrictJson json = new StrictJson();
    private final MessageReader reader = new MessageReader(json);

    private JsonNode tree(String text) {
        byte[] bytes = text.replace('\'', '"').getBytes(UTF_8);
        try (var parser = json.parser(bytes, bytes.length)) {
            parser.nextToken();
            return json.tree(parser);
        } catch (IOException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }

    private Message read(String message) throws Rejected {
        return read(message, JsonNodeFactory.instance.objectNode());
    }

    private Message read(String message, JsonNode context) throws Rejected {
        return reader.read(
                new RawMessage(tree(message), 0, message.length()),
                new MessageReader.Defaults(null, null, (ObjectNode) context, RECEIVED, false));
    }

    private void assertRejected(String message, String code, String pointer) {
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> read(message))
                .satisfies(
                        why -> assertThat(why.code() + " at " + why.pointer()).isEqualTo(code + " at " + pointer));
    }

    @Test
    void aTrackMessageKeepsItsEventItsPropertiesAndTheDigitsOfItsNumbers() throws Rejected {
        Message message = read("{'type': 'track', 'messageId': 'm-1', 'event': 'Order Completed', 'userId': 'u1',"
                + " 'anonymousId': 'a1', 'properties': {'revenue': 1.0, 'big': 12345678901234567890},"
                + " 'context': {'ip': '::1'}}");

        assertThat(message)
                .isEqualTo(new Message(
                        "m-1",
                        Kind.TRACK,
                        "Order Completed",
                        "u1",
                        "a1",
                        Map.of(),
                        RECEIVED,
                        RECEIVED,
                        "{\"revenue\":1.0,\"big\":12345678901234567890}",
                        "{\"ip\":\"::1\"}",
                        false,
                        false,
                        false,
                        message.content(),
                        null));
    }

    @Test
    void theSameWordsHaveTheSameContentWheneverTheyAreSent() throws Rejected {
        String message = "{'type': 'track', 'event': 'e', 'userId': 'u1', 'messageId': 'm-1', 'properties': {'a': 1}";

        assertThat(read(message + ", 'sentAt': '2026-01-01T00:00:00Z', 'context': {'attempt': 2}}")
                        .content())
                .isEqualTo(read(message + "}").content());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'track', 'event': 'f', 'userId': 'u1', 'properties': {'a': 1}}",
                "{'type': 'track', 'event': 'e', 'userId': 'u2', 'properties': {'a': 1}}",
                "{'type': 'track', 'event': 'e', 'anonymousId': 'u1', 'properties': {'a': 1}}",
                "{'type': 'track', 'event': 'e', 'userId': 'u1', 'properties': {'a': 2}}",
                "{'type': 'track', 'event': 'e', 'userId': 'u1', 'properties': {'a': 1},"
                        + " 'timestamp': '2026-01-01T00:00:00Z'}",
                "{'type': 'track', 'event': 'e', 'userId': 'u1', 'properties': {'a': 1},"
                        + " 'context': {'units': {'account': 'x'}}}"
            })
    void otherWordsHaveOtherContent(String other) throws Rejected {
        Message message = read("{'type': 'track', 'event': 'e', 'userId': 'u1', 'properties': {'a': 1}}");

        assertThat(read(other).content()).isNotEqualTo(message.content());
    }

    @Test
    void aMessageWithoutAnIdGetsOneOfItsOwn() throws Rejected {
        String message = "{'type': 'track', 'event': 'e', 'userId': 'u1', 'messageId': null}";

        assertThat(read(message).messageId())
                .isNotBlank()
                .isNotEqualTo(read(message).messageId());
    }

    @Test
    void wholeNumbersAreTakenAsIdsInTheirDecimalText() throws Rejected {
        Message message = read("{'type': 'track', 'event': 'e', 'userId': 42, 'anonymousId': 12345678901234567890}");

        assertThat(message.userId()).isEqualTo("42");
        assertThat(message.anonymousId()).isEqualTo("12345678901234567890");
    }

    @Test
    void namesAndTextsMayBeWrittenInEscapes() throws Rejected {
        Message message = read("{'type': 'track', 'event': '\\ud83c\\udf89', 'userId': 'u\\u00e9',"
                + " 'properties': {'\\ud83c\\udf89': '\\ud83c\\udf89'}}");

        assertThat(message.event()).isEqualTo("🎉");
        assertThat(message.userId()).isEqualTo("ué");
        assertThat(message.properties()).isEqualTo("{\"🎉\":\"🎉\"}");
    }

    @Test
    void otherUnitTypesRideInTheContext() throws Rejected {
        Message message = read("{'type': 'track', 'event': 'e', 'context': {'units': {'account': 'a🎉', 'seat': 7}}}");

        assertThat(message.units()).isEqualTo(Map.of("account", "a🎉", "seat", "7"));
        assertThat(message.userId()).isNull();
    }

    @Test
    void aUserAndAVisitorAmongTheUnitsStandInForTheFieldsThatAreAbsent() throws Rejected {
        Message message = read("{'type': 'track', 'event': 'e', 'userId': '',"
                + " 'context': {'units': {'user': 'u1', 'anonymous': 'a1', 'seat': 's1'}}}");

        assertThat(message.userId()).isEqualTo("u1");
        assertThat(message.anonymousId()).isEqualTo("a1");
        assertThat(message.units()).isEqualTo(Map.of("seat", "s1"));
    }

    @Test
    void aUserIdWinsOverAUserAmongTheUnits() throws Rejected {
        Message message = read("{'type': 'track', 'event': 'e', 'userId': 'u1', 'context': {'units': {'user': 'u2'}}}");

        assertThat(message.userId()).isEqualTo("u1");
        assertThat(message.units()).isEqualTo(Map.of("user", "u2"));
    }

    @Test
    void anEmptyIdIsNoIdAsLongAsThereIsAnother() throws Rejected {
        assertThat(read("{'type': 'track', 'event': 'e', 'userId': '', 'anonymousId': 'a1'}")
                        .userId())
                .isNull();
        assertThat(read("{'type': 'track', 'event': 'e', 'userId': 'u1', 'anonymousId': ''}")
                        .anonymousId())
                .isNull();
        assertThat(read("{'type': 'track', 'event': 'e', 'userId': '', 'anonymousId': '',"
                                + " 'context': {'units': {'account': 'a9'}}}")
                        .userId())
                .isNull();
        assertRejected(
                "{'type': 'track', 'event': 'e', 'userId': '', 'anonymousId': ''}", "placeholder-id", "/anonymousId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "NULL",
                "undefined",
                "NaN",
                "[object Object]",
                "none",
                "nil",
                " ",
                "(null)",
                "Infinity",
                "{}",
                " undefined ",
                "00000000-0000-0000-0000-000000000000",
                "unknown",
                "N/A"
            })
    void whatBrokenCodeSendsInPlaceOfAnIdIsRejectedWhereverItStands(String id) {
        assertRejected("{'type': 'track', 'event': 'e', 'userId': '" + id + "'}", "placeholder-id", "/userId");
        assertRejected(
                "{'type': 'track', 'event': 'e', 'userId': 'u', 'anonymousId': '" + id + "'}",
                "placeholder-id",
                "/anonymousId");
        assertRejected(
                "{'type': 'track', 'event': 'e', 'context': {'units': {'a/b': '" + id + "'}}}",
                "placeholder-id",
                "/context/units/a~1b");
        assertRejected(
                "{'type': 'track', 'event': 'e', 'userId': 'u', 'messageId': '" + id + "'}",
                "placeholder-id",
                "/messageId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nullable", "Nancy", "0", "-1", "🎉", "ünï", "none of your business", "a b"})
    void idsThatOnlyLookStrangeAreTaken(String id) throws Rejected {
        assertThat(read("{'type': 'track', 'event': 'e', 'userId': '" + id + "'}")
                        .userId())
                .isEqualTo(id);
    }

    @Test
    void lengthsOfIdsAreCountedInBytes() throws Rejected {
        assertThat(read("{'type': 'track', 'event': 'e', 'userId': '" + "é".repeat(128) + "'}")
                        .userId())
                .hasSize(128);
        assertRejected(
                "{'type': 'track', 'event': 'e', 'userId': '" + "é".repeat(128) + "x'}", "unit-id-too-long", "/userId");
        assertThat(read("{'type': 'track', 'event': 'e', 'userId': 'u', 'messageId': '" + "🎉".repeat(32) + "'}")
                        .messageId())
                .hasSize(64);
        assertRejected(
                "{'type': 'track', 'event': 'e', 'userId': 'u', 'messageId': '" + "🎉".repeat(32) + "x'}",
                "message-id-too-long",
                "/messageId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]| wrong-type| ''",
                "{}| unknown-type| /type",
                "{\"type\": \"Track\"}| unknown-type| /type",
                "{\"type\": 7}| unknown-type| /type",
                "{\"type\": \"track\", \"event\": \"e\"}| no-unit| ''",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": null}| no-unit| ''",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": true}| wrong-type| /userId",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": 1.5}| wrong-type| /userId",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": {}}| wrong-type| /userId",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": [\"u\"]}| wrong-type| /userId",
                "{\"type\": \"track\", \"userId\": \"u\"}| missing-event| /event",
                "{\"type\": \"track\", \"event\": \" \", \"userId\": \"u\"}| missing-event| /event",
                "{\"type\": \"track\", \"event\": 3, \"userId\": \"u\"}| wrong-type| /event",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\", \"properties\": []}| wrong-type| /properties",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\", \"context\": \"x\"}| wrong-type| /context",
                "{\"type\": \"track\", \"event\": \"e\", \"context\": {\"units\": []}}| wrong-type| /context/units",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\", \"timestamp\": \"soon\"}| invalid-time| /timestamp",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\", \"timestamp\": 1716206400}| invalid-time| /timestamp",
                "{\"type\": \"page\", \"userId\": \"u\", \"originalTimestamp\": \"\"}| invalid-time| /originalTimestamp",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\", \"properties\": {\"x\": 1e999}}| number-out-of-range| /properties/x",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\", \"properties\": {\"x\": [\"\\ud800\"]}}| invalid-text| /properties/x/0",
                "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\\u0000\"}| invalid-text| /userId"
            })
    void aBadMessageIsRejectedWithItsCodeAndPlace(String message, String code, String pointer) {
        assertRejected(message, code, pointer);
    }

    @Test
    void anExposureNamesItsExperimentAndVariation() throws Rejected {
        Message message = read("{'type': 'track', 'event': 'Experiment Viewed', 'userId': 'u',"
                + " 'properties': {'experiment_id': 'button', 'variation_id': 'red', 'device': 'phone'}}");

        assertThat(message.exposure()).isEqualTo(new Exposure("button", "red"));
        assertThat(message.properties()).contains("\"device\":\"phone\"");
        assertRejected(
                "{'type': 'track', 'event': 'Experiment Viewed', 'userId': 'u', 'properties': {'variation_id': 'red'}}",
                "missing-experiment",
                "/properties/experiment_id");
        assertRejected(
                "{'type': 'track', 'event': 'Experiment Viewed', 'userId': 'u', 'properties': {'experiment_id': 'e', 'variation_id': {}}}",
                "missing-variation",
                "/properties/variation_id");
    }

    @Test
    void aPageTakesItsPropertiesFirstAndTheContextForTheRest() throws Rejected {
        Message page = read("{'type': 'page', 'name': 'Home', 'userId': 'u', 'properties': {'path': '/own'},"
                + " 'context': {'page': {'path': '/context', 'url': 'https://s.example/', 'referrer': 'r', 'title': 't',"
                + " 'search': '?q'}}}");

        assertThat(page.event()).isEqualTo("page");
        assertThat(tree(page.properties()))
                .isEqualTo(tree("{'path': '/own', 'name': 'Home', 'url': 'https://s.example/', 'referrer': 'r',"
                        + " 'title': 't'}"));
    }

    @Test
    void traitsAreThePropertiesOfAnIdentificationWhereverTheyStand() throws Rejected {
        assertThat(read("{'type': 'identify', 'userId': 'u', 'traits': {'plan': 'pro'}}")
                        .properties())
                .isEqualTo("{\"plan\":\"pro\"}");
        assertThat(read("{'type': 'identify', 'userId': 'u', 'context': {'traits': {'plan': 'free'}}}")
                        .properties())
                .isEqualTo("{\"plan\":\"free\"}");
        assertThat(read("{'type': 'identify', 'userId': 'u'}").properties()).isEqualTo("{}");
    }

    @Test
    void groupAndAliasKeepTheOtherIdAsAProperty() throws Rejected {
        assertThat(read("{'type': 'group', 'userId': 'u', 'groupId': 'g', 'traits': {'size': 3}}")
                        .properties())
                .isEqualTo("{\"size\":3,\"groupId\":\"g\"}");
        assertThat(read("{'type': 'alias', 'userId': 'u', 'previousId': 'p'}").properties())
                .isEqualTo("{\"previousId\":\"p\"}");
    }

    @Test
    void theContextOfTheBatchStandsInForWhatTheMessageLacks() throws Rejected {
        Message message = read(
                "{'type': 'track', 'event': 'e', 'userId': 'u', 'context': {'ip': 'own'}}",
                tree("{'ip': 'batch', 'units': {'account': 'acme'}}"));

        assertThat(tree(message.context())).isEqualTo(tree("{'ip': 'own', 'units': {'account': 'acme'}}"));
        assertThat(message.units()).containsEntry("account", "acme");
    }

    @Test
    void aMessageThatIsTooLargeIsRejectedAlone() {
        JsonNode small = tree("{'type': 'page', 'userId': 'u'}");
        MessageReader.Defaults defaults =
                new MessageReader.Defaults(null, null, JsonNodeFactory.instance.objectNode(), RECEIVED, false);

        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> reader.read(new RawMessage(small, 0, Limits.MESSAGE_BYTES + 1), defaults))
                .satisfies(why -> assertThat(why.code()).isEqualTo("too-large"));
    }

    @Test
    void theTimeIsCorrectedByTheMessagesOwnTimeOfSendingBeforeTheBatchs() throws Rejected {
        MessageReader.Defaults sentAnHourAgo = new MessageReader.Defaults(
                Kind.PAGE, RECEIVED.minusSeconds(3600), JsonNodeFactory.instance.objectNode(), RECEIVED, false);
        JsonNode plain = tree("{'userId': 'u', 'originalTimestamp': '2026-05-20T10:00:00Z'}");
        JsonNode own = tree("{'userId': 'u', 'timestamp': '2026-05-20T10:00:00Z', 'sentAt': '2026-05-20T11:59:00Z'}");
        JsonNode broken = tree("{'userId': 'u', 'timestamp': '2026-05-20T10:00:00Z', 'sentAt': 'now'}");

        assertThat(reader.read(new RawMessage(plain, 0, 1), sentAnHourAgo).time())
                .isEqualTo("2026-05-20T11:00:00Z");
        assertThat(reader.read(new RawMessage(own, 0, 1), sentAnHourAgo).time()).isEqualTo("2026-05-20T10:01:00Z");
        assertThat(reader.read(new RawMessage(broken, 0, 1), sentAnHourAgo).time())
                .isEqualTo("2026-05-20T10:00:00Z");
    }
}
