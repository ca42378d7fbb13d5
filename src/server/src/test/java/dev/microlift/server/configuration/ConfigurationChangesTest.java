package dev.microlift.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.TestServer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ConfigurationChangesTest {

    /** A loaded machine may need longer than the second that is promised. */
    private static final Duration BOUND = Duration.ofMinutes(1);

    @Inject
    EntityManager database;

    @Inject
    ConfigurationChanges changes;

    @Test
    void aChangeThatAnotherNodeMadeIsAnnouncedHere() {
        long changed = QuarkusTransaction.requiringNew().call(() -> {
            database.createNativeQuery("update configuration_version set version = version + 1")
                    .executeUpdate();
            return ((Number) database.createNativeQuery("select version from configuration_version")
                            .getSingleResult())
                    .longValue();
        });

        long deadline = System.nanoTime() + BOUND.toNanos();
        while (changes.version() < changed && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(changes.version()).isGreaterThanOrEqualTo(changed);
    }
}
