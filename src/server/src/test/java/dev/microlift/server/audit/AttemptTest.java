package dev.microlift.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptTest {

    @ParameterizedTest
    @CsvSource({
        "POST,   /api/v1/journeys,                         create,  journey,    ''",
        "PUT,    /api/v1/layers/checkout,                  replace, layer,      checkout",
        "DELETE, /api/v1/keys/0123456789,                  delete,  key,        0123456789",
        "POST,   /api/v1/experiments/a/start,              start,   experiment, a",
        "POST,   /api/v1/experiments/a/variants/b/unmute,  unmute,  experiment, a",
        "POST,   /api/v1//,                                create,  '',         ''",
    })
    void theAddressTellsWhatIsTried(String method, String path, String action, String kind, String key) {
        assertThat(Attempt.of(method, path)).contains(new Attempt(action, kind, key));
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/v1/journeys", "POST,/api/v1/plan", "POST,/v1/batch"})
    void whatChangesNoConfigurationIsNoAttempt(String method, String path) {
        assertThat(Attempt.of(method, path)).isEmpty();
    }

    @Test
    void aKeyThatStandsInTheAddressByMistakeIsNotKept() {
        Optional<Attempt> attempt = Attempt.of("DELETE", "/api/v1/keys/mla_0123456789_secret");

        assertThat(attempt.map(Attempt::key)).contains("");
    }
}
