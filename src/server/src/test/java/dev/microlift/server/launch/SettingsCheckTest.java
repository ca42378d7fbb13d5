package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {

    private final List<String> warnings = new ArrayList<>();
    private final SettingsCheck check = new SettingsCheck(DeclaredSettings.checked(), warnings::add);

    private static SmallRyeConfig environment(Map<String, String> variables) {
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(variables, 300))
                .build();
    }

    private static SmallRyeConfig file(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "config/application.properties", 260))
                .build();
    }

    @Test
    void whatFitsIsTakenFromVariablesAndFromAFile() {
        check.check(environment(Map.of(
                "MICROLIFT_EVENT_LOG_MAX_BEHIND", "1",
                "MICROLIFT_EVENT_STORE_SEAL_EVERY", "90s",
                "MICROLIFT_EVENT_STORE_MEMORY_LIMIT", "1.5 GiB",
                "MICROLIFT_EVENT_STORE_CHECKPOINT_THRESHOLD", "0.5gb",
                "MICROLIFT_RETENTION_KEEP_FOR", "P90D",
                "MICROLIFT_DATABASE_URL", "",
                "PATH", "/bin")));
        check.check(file(Map.of("microlift.event-store.read-wait", "PT3S", "quarkus.datasource.jdbc.max-size", "2")));

        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MICROLIFT_EVENT_LOG_MAX_BEHIND, many, 'a whole number, 1 or more'",
        "MICROLIFT_EVENT_LOG_MAX_BEHIND, -1, 'a whole number, 1 or more'",
        "MICROLIFT_EVENT_LOG_SEGMENT_BYTES, '', 'a whole number, 1 or more'",
        "MICROLIFT_EVENT_LOG_QUEUE_MESSAGES, 3000000000, 'a whole number, 1 to 2147483647'",
        "MICROLIFT_REJECTS_KEEP, 0, 'a whole number, 1 to 2147483647'",
        "MICROLIFT_EVENT_STORE_SEAL_EVERY, often, 'a time longer than nothing, as PT5M or 5m'",
        "MICROLIFT_EVENT_STORE_READ_WAIT, PT0S, 'a time longer than nothing, as PT5M or 5m'",
        "MICROLIFT_WEBHOOKS_TIMEOUT, 5, 'a time longer than nothing, as PT5M or 5m'",
        "MICROLIFT_RETENTION_KEEP_FOR, 90, 'a number of days, P1D to P36500D, as P90D'",
        "MICROLIFT_RETENTION_KEEP_FOR, PT90S, 'a number of days, P1D to P36500D, as P90D'",
        "MICROLIFT_RETENTION_KEEP_FOR, P36501D, 'a number of days, P1D to P36500D, as P90D'",
        "MICROLIFT_EVENT_STORE_MEMORY_LIMIT, -1GB, 'a size of memory of 16MB or more, as 512MB or 2GB'",
        "MICROLIFT_EVENT_STORE_MEMORY_LIMIT, 1KB, 'a size of memory of 16MB or more, as 512MB or 2GB'",
        "MICROLIFT_EVENT_STORE_MEMORY_LIMIT, 15 MiB, 'a size of memory of 16MB or more, as 512MB or 2GB'",
        "MICROLIFT_EVENT_STORE_THREADS, 2147483647, 'a whole number, 1 to 1024'",
        "MICROLIFT_TRACES_ENDPOINT, nonsense, an address that starts with http:// or https://",
        "MICROLIFT_REPORT_CHANNELS, /, a file that can be read",
        "QUARKUS_DATASOURCE_JDBC_MAX_SIZE, 1, 'a whole number, 2 or more'",
        "MICROLIFT_EVENT_STORE_CHECKPOINT_THRESHOLD, 0MB, 'a size of memory, as 512MB or 2GB'",
        "MICROLIFT_DATA_DIR, ' ', a text",
        "QUARKUS_HTTP_PORT, 65536, 'a port, 0 to 65535'",
    })
    void whatDoesNotFitIsRefusedNamingTheSettingAndWhatIsAllowed(String variable, String value, String allowed) {
        assertThatThrownBy(() -> check.check(environment(Map.of(variable, value))))
                .isInstanceOf(LaunchException.class)
                .hasMessageStartingWith(variable + " (")
                .hasMessageEndingWith("must be " + allowed + ", not \"" + value + '"');
    }

    @Test
    void singleSignOnNeedsItsIssuer() {
        assertThatThrownBy(() -> check.check(environment(Map.of("MICROLIFT_SINGLE_SIGN_ON_ENABLED", "true"))))
                .hasMessage("MICROLIFT_SINGLE_SIGN_ON_ENABLED needs MICROLIFT_SINGLE_SIGN_ON_ISSUER");

        check.check(environment(Map.of(
                "MICROLIFT_SINGLE_SIGN_ON_ENABLED", "true",
                "MICROLIFT_SINGLE_SIGN_ON_ISSUER", "https://login.example")));
    }

    @Test
    void anAccountWithoutADatabaseIsToldToHaveNoEffect() {
        check.check(environment(Map.of("MICROLIFT_DATABASE_USER", "me", "MICROLIFT_DATABASE_URL", "")));

        assertThat(warnings).containsExactly("MICROLIFT_DATABASE_USER has no effect without MICROLIFT_DATABASE_URL");
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThatThrownBy(() -> check.check(environment(Map.of(
                        "MICROLIFT_REJECTS_KEEP", "x",
                        "MICROLIFT_EVENT_STORE_THREADS", "0",
                        "MICROLIFT_DATADIR", "/data"))))
                .hasMessageContainingAll(
                        "MICROLIFT_REJECTS_KEEP", "MICROLIFT_EVENT_STORE_THREADS", "MICROLIFT_DATADIR");
    }

    @Test
    void aNameThatIsNearlyASettingsIsRefusedWithTheOneThatWasMeant() {
        assertThatThrownBy(() -> check.check(environment(Map.of("MICROLIFT_EVENT_LOG_MAX_BEHND", "5"))))
                .hasMessage("there is no setting MICROLIFT_EVENT_LOG_MAX_BEHND; did you mean"
                        + " MICROLIFT_EVENT_LOG_MAX_BEHIND?");
        assertThatThrownBy(() -> check.check(file(Map.of("microlift.event-log.maxBehind", "5"))))
                .hasMessage("there is no setting microlift.event-log.maxBehind; did you mean"
                        + " microlift.event-log.max-behind?");
    }

    @Test
    void aNameOfAnotherProgramIsToldAndStopsNothing() {
        check.check(environment(Map.of(
                "MICROLIFT_SERVICE_HOST", "10.0.0.1",
                "MICROLIFT_PORT_8080_TCP_PORT", "8080",
                "MICROLIFT_PORT", "tcp://10.0.0.1:8080")));

        assertThat(warnings)
                .containsExactly(
                        "there is no setting MICROLIFT_PORT; it has no effect",
                        "there is no setting MICROLIFT_PORT_8080_TCP_PORT; it has no effect",
                        "there is no setting MICROLIFT_SERVICE_HOST; it has no effect");
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "a, '', 1", "'', abc, 3", "same, SAME, 0", "abc, acb, 2"})
    void theDistanceOfTwoTextsIsTheLettersToChange(String one, String other, int letters) {
        assertThat(SettingsCheck.distance(one, other)).isEqualTo(letters);
    }
}
