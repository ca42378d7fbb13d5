package dev.microlift.server.sdkconfig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionWriterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static String written(String condition) throws JsonProcessingException {
        return ConditionWriter.write(JSON.readTree(condition)).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"country\":{\"$in\":[\"DE\"]},\"age\":7}",
                "{\"id\":\"u1\",\"user.plan\":\"pro\"}",
                "{\"$groups\":[\"a\"]}",
                "{\"a\":{\"$elemMatch\":{\"user\":\"u1\"}}}",
                "{\"$or\":[{\"a\":[1,{\"b\":null}]},{\"$not\":{\"a\":{\"$regex\":\"x\"}}}]}"
            })
    void whatEverySdkKnowsStaysAsItIs(String condition) throws Exception {
        assertThat(written(condition)).isEqualTo(condition);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"user":"u1"} | {"$and":[{"$or":[{"$and":[{"user":{"$exists":true}},{"user":"u1"}]},{"$and":[{"user":{"$exists":false}},{"id":"u1"}]}]}]}
            {"$not":{"targetingKey":7,"a":1}} | {"$not":{"$and":[{"$or":[{"$and":[{"targetingKey":{"$exists":true}},{"targetingKey":7}]},{"$and":[{"targetingKey":{"$exists":false}},{"id":7}]}]},{"a":1}]}}
            """)
    void anotherNameOfTheUsersIdStandsForTheOneThatGrowthBooksSdksKnow(String condition, String expected)
            throws Exception {
        assertThat(written(condition)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"$or":[{"a":{"$notRegex":"x","$exists":true}}]} | {"$or":[{"a":{"$not":{"$regex":"x"},"$exists":true}}]}
            {"a":{"$elemMatch":{"$notRegexi":"x"}}} | {"a":{"$elemMatch":{"$not":{"$regexi":"x"}}}}
            {"a":{"$not":{"$notRegex":"x"}}} | {"a":{"$not":{"$not":{"$regex":"x"}}}}
            """)
    void anOperatorThatGrowthBooksSdksLackIsTheOppositeOfOneThatTheyKnow(String condition, String expected)
            throws Exception {
        assertThat(written(condition)).isEqualTo(expected);
    }
}
