package dev.microlift.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicroliftOptionsTest {

    @Test
    void environmentOfRemoteEvaluationIsEnough() {
        MicroliftOptions options = MicroliftOptions.builder(Map.of(
                        "OFREP_ENDPOINT", "https://lift.example/base/",
                        "OFREP_HEADERS", "Authorization=Bearer%20mls_1, X-Team = a%2Cb%3D+c ,",
                        "OFREP_TIMEOUT_MS", "1500"))
                .build();

        assertThat(options.endpoint()).isEqualTo(URI.create("https://lift.example/base"));
        assertThat(options.key()).isEqualTo("mls_1");
        assertThat(options.headers()).isEqualTo(Map.of("X-Team", "a,b=+c"));
        assertThat(options.requestTimeout()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void whatIsSetInTheProgramComesBeforeTheEnvironment() {
        MicroliftOptions options = MicroliftOptions.builder(Map.of(
                        "OFREP_ENDPOINT", "https://lift.example",
                        "OFREP_HEADERS", "Authorization=Bearer mls_1",
                        "OFREP_TIMEOUT_MS", "1500"))
                .endpoint("http://127.0.0.1:8080")
                .key("mls_2")
                .headers(Map.of())
                .requestTimeout(Duration.ofSeconds(3))
                .build();

        assertThat(options.endpoint()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(options.key()).isEqualTo("mls_2");
        assertThat(options.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void defaultsAreTheDocumentedOnes() {
        MicroliftOptions options = MicroliftOptions.builder(Map.of())
                .endpoint("http://127.0.0.1:8080")
                .key("mls_1")
                .build();

        assertThat(options.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.startTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.pollInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.staleAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(options.streaming()).isTrue();
        assertThat(options.queueCapacity()).isEqualTo(10_000);
        assertThat(options.batchSize()).isEqualTo(500);
        assertThat(options.flushInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.closeTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.cacheFile()).isEmpty();
        assertThat(options.bootstrap()).isEmpty();
        assertThat(options.recordExposures()).isTrue();
        assertThat(options.exposureMemory()).isEqualTo(65_536);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OFREP_ENDPOINT   | ftp://x               | endpoint",
                "OFREP_ENDPOINT   | no address            | endpoint",
                "OFREP_ENDPOINT   | http://               | endpoint",
                "OFREP_ENDPOINT   | ' '                   | endpoint",
                "OFREP_HEADERS    | Authorization=Basic x | key",
                "OFREP_HEADERS    | X-A=1                 | key",
                "OFREP_HEADERS    | Host=x,Authorization=Bearer k | headers",
                "OFREP_HEADERS    | a b=x,Authorization=Bearer k  | headers",
                "OFREP_HEADERS    | X-A=a%0Ab,Authorization=Bearer k | headers",
                "OFREP_HEADERS    | nonsense              | OFREP_HEADERS",
                "OFREP_HEADERS    | X-A=%zz               | OFREP_HEADERS",
                "OFREP_TIMEOUT_MS | 1.5                   | OFREP_TIMEOUT_MS",
                "OFREP_TIMEOUT_MS | 0                     | requestTimeout"
            })
    void mistakeInTheEnvironmentIsReportedWithTheOptionsName(String variable, String value, String option) {
        Map<String, String> environment = new HashMap<>(
                Map.of("OFREP_ENDPOINT", "http://127.0.0.1:1", "OFREP_HEADERS", "Authorization=Bearer k"));
        environment.put(variable, value);

        assertThatThrownBy(() -> MicroliftOptions.builder(environment).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option + ":");
    }

    @Test
    void limitsAreReportedWithTheOptionsName() {
        MicroliftOptions.Builder options = MicroliftOptions.builder(Map.of())
                .endpoint("http://127.0.0.1:1")
                .key("k");

        assertThatThrownBy(() -> options.batchSize(2_501).build()).hasMessageStartingWith("batchSize:");
        options.batchSize(1);
        assertThatThrownBy(() -> options.queueCapacity(0).build()).hasMessageStartingWith("queueCapacity:");
        options.queueCapacity(1);
        assertThatThrownBy(() -> options.pollInterval(Duration.ZERO).build()).hasMessageStartingWith("pollInterval:");
    }

    @Test
    void textOfTheOptionsKeepsTheKeySecret() {
        MicroliftOptions options = MicroliftOptions.builder(Map.of())
                .endpoint("http://127.0.0.1:8080")
                .key("mls_secret")
                .headers(Map.of("X-Token", "hidden"))
                .build();

        assertThat(options.toString()).doesNotContain("mls_secret").doesNotContain("hidden");
    }
}
