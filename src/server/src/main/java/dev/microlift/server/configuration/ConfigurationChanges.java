package dev.microlift.server.configuration;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;
import java.util.function.Supplier;

/**
 * Applies changes of configuration. Changes wait for each other on one row of the database, so that a check made inside
 * a change still holds when it commits; nodes that did not make the change see the new version within a second.
 */
@ApplicationScoped
public class ConfigurationChanges {

    private final EntityManager database;
    private final Event<ConfigurationChanged> changed;
    private volatile long announced;

    ConfigurationChanges(EntityManager database, Event<ConfigurationChanged> changed) {
        this.database = database;
        this.changed = changed;
    }

    /** Runs a change in a transaction of its own and announces it once it is committed. */
    public <T> T apply(Supplier<T> change) {
        T result = QuarkusTransaction.requiringNew().call(() -> {
            database.createNativeQuery("update configuration_version set version = version + 1 where id = 1")
                    .executeUpdate();
            T outcome = change.get();
            database.flush();
            return outcome;
        });
        announce();
        return result;
    }

    /** The version of the configuration that was announced last on this node. */
    public long version() {
        return announced;
    }

    void announceAtStart(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) {
        announce();
    }

    @Scheduled(
            every = "1s",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void announceWhatOthersChanged() {
        announce();
    }

    private synchronized void announce() {
        long current = QuarkusTransaction.requiringNew()
                .call(() -> ((Number) database.createNativeQuery("select version from configuration_version")
                                .getSingleResult())
                        .longValue());
        if (current != announced) {
            changed.fire(new ConfigurationChanged(current));
            announced = current;
        }
    }
}
