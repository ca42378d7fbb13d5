package dev.microlift.server.alert;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Duration;

/** Lets one node at a time do something. Who dies lets go: the lock ends with its connection. */
@ApplicationScoped
class OneNode {

    /** Any number that nobody else takes for a lock of this database. */
    private static final long LOCK = 0x616c657274L;

    private static final Duration LONGEST = Duration.ofHours(1);

    private final EntityManager database;

    OneNode(EntityManager database) {
        this.database = database;
    }

    /**
     * Works, unless another node does.
     *
     * @return whether it was done here
     */
    boolean tryRun(Runnable work) {
        return QuarkusTransaction.requiringNew()
                .timeout(Math.toIntExact(LONGEST.toSeconds()))
                .call(() -> {
                    boolean isOurs = (Boolean) database.createNativeQuery("select pg_try_advisory_xact_lock(?1)")
                            .setParameter(1, LOCK)
                            .getSingleResult();
                    if (isOurs) {
                        // Work has transactions of its own, whose failures must not end the one that holds the lock.
                        QuarkusTransaction.suspendingExisting().run(work);
                    }
                    return isOurs;
                });
    }
}
