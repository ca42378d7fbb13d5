package dev.microlift.server.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which keys are in use. A request only leaves its key's id in a set; once a minute the set is written down and emptied,
 * so that nobody waits for the database.
 */
@ApplicationScoped
class KeyUse {

    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    KeyUse(Clock clock) {
        this.clock = clock;
    }

    void note(String keyId) {
        // To look first is much cheaper than to write what is there already.
        if (!used.contains(keyId)) {
            used.add(keyId);
        }
    }

    @Scheduled(
            every = "60s",
            delayed = "60s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    synchronized void write() {
        List<String> ids = List.copyOf(used);
        if (ids.isEmpty()) {
            return;
        }
        ids.forEach(used::remove);
        QuarkusTransaction.requiringNew()
                .run(() -> ApiKeyEntity.update("lastUsedAt = ?1 where id in ?2", clock.instant(), ids));
    }
}
