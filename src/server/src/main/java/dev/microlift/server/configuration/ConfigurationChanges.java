package dev.microlift.server.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Applies changes of configuration. Changes wait for each other on one row of the database, so that a check made inside
 * a change still holds when it commits. Nodes that did not make the change ask for the version four times a second, one
 * row by its key, so that they have read the new configuration well within a second.
 */
@ApplicationScoped
public class ConfigurationChanges {

    private static final Logger LOG = Logger.getLogger(ConfigurationChanges.class);
    private static final Duration ASK_EVERY = Duration.ofMillis(250);

    /** Two changes in one millisecond, or a clock set back, must not give two versions the same time. */
    private static final String COUNT_UP = """
            update configuration_version
            set version = version + 1,
                changed_at = greatest(cast(:now as timestamptz), changed_at + interval '1 millisecond')
            where id = 1""";

    private final EntityManager database;
    private final Event<ConfigurationChanged> changed;
    private final Event<Change> committing;
    private final Clock clock;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean isFailing;
    private volatile long announced;

    ConfigurationChanges(
            EntityManager database, Event<ConfigurationChanged> changed, Event<Change> committing, Clock clock) {
        this.database = database;
        this.changed = changed;
        this.committing = committing;
        this.clock = clock;
    }

    /**
     * Runs a change in a transaction of its own and announces it once it is committed.
     *
     * @param action what is done, for the audit log
     * @param thing what it is done to
     */
    public <T> T apply(String action, Configured thing, Supplier<T> change) {
        T result = QuarkusTransaction.requiringNew().call(() -> {
            database.createNativeQuery(COUNT_UP)
                    .setParameter("now", clock.instant())
                    .executeUpdate();
            return include(action, thing, change);
        });
        announce();
        return result;
    }

    /** Runs a change of one more thing as a part of the change under way. */
    public <T> T include(String action, Configured thing, Supplier<T> change) {
        Optional<JsonNode> before = thing.state().get();
        T result = change.get();
        database.flush();
        Optional<JsonNode> after = thing.state().get();
        if (before.isPresent() || after.isPresent()) {
            committing.fire(new Change(action, thing.kind(), thing.key(), before, after));
        }
        return result;
    }

    /** The version of the configuration that was announced last on this node. */
    public long version() {
        return announced;
    }

    /** False while the database does not answer, so that nobody knows whether the configuration is another by now. */
    boolean isCurrent() {
        return !isFailing;
    }

    void announceAtStart(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) {
        announce();
    }

    /** Last of all: what others changed must not be announced before everybody has started. */
    void askFromNowOn(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start) {
        // The framework's own scheduler does not go below a second.
        Thread thread = new Thread(this::askUntilTheEnd, "configuration-changes");
        thread.setDaemon(true);
        thread.start();
    }

    void stopAsking(@Observes ShutdownEvent stop) {
        stopping.countDown();
    }

    private void askUntilTheEnd() {
        try {
            while (!stopping.await(ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                announceWhatOthersChanged();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database that is away for a while must not end the asking. */
    private void announceWhatOthersChanged() {
        try {
            announce();
            isFailing = false;
        } catch (RuntimeException failure) {
            if (!isFailing && stopping.getCount() > 0) {
                LOG.error("whether the configuration has changed cannot be told; it is asked again", failure);
                isFailing = true;
            }
        }
    }

    private synchronized void announce() {
        ConfigurationChanged current = QuarkusTransaction.requiringNew().call(this::stored);
        if (current.version() != announced) {
            changed.fire(current);
            announced = current.version();
        }
    }

    private ConfigurationChanged stored() {
        Object[] row = (Object[])
                database.createNativeQuery("select version, changed_at from configuration_version", Object[].class)
                        .getSingleResult();
        return new ConfigurationChanged(((Number) row[0]).longValue(), (Instant) row[1]);
    }
}
