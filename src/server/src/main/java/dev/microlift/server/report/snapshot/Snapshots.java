package dev.microlift.server.report.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.configuration.ConfigurationChanged;
import dev.microlift.server.document.Page;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.experiment.Status;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.report.ReportEnvelope;
import dev.microlift.server.report.ReportOptions;
import dev.microlift.server.report.Reports;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Stores the report of every running experiment once a day (UTC), and that of every experiment soon after it was stopped.
 * Several nodes may try; the database keeps the first.
 */
@ApplicationScoped
public class Snapshots {

    private static final Logger LOG = Logger.getLogger(Snapshots.class);

    private final Experiments experiments;
    private final Reports reports;
    private final ReportEnvelope envelope;
    private final EntityManager database;
    private final Clock clock;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    Snapshots(Experiments experiments, Reports reports, ReportEnvelope envelope, EntityManager database, Clock clock) {
        this.experiments = experiments;
        this.reports = reports;
        this.envelope = envelope;
        this.database = database;
        this.clock = clock;
    }

    void notice(@Observes ConfigurationChanged change) {
        changed.set(true);
    }

    @Scheduled(
            every = "2s",
            delayed = "2s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void storeStopped() {
        if (changed.getAndSet(false)) {
            experiments.all().stream()
                    .filter(experiment -> experiment.status() == Status.STOPPED && stopped.add(stop(experiment)))
                    .forEach(experiment -> store(experiment, Occasion.STOP));
        }
    }

    @Scheduled(
            every = "10m",
            delayed = "5m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void storeDaily() {
        changed.set(true);
        experiments.all().stream()
                .filter(experiment -> experiment.status().isLive())
                .forEach(experiment -> store(experiment, Occasion.DAILY));
    }

    void store(Experiment experiment, Occasion occasion) {
        LocalDate day = LocalDate.ofInstant(
                occasion == Occasion.STOP ? experiment.stopped().orElseThrow() : clock.instant(), ZoneOffset.UTC);
        try {
            if (!isStored(experiment.key(), occasion, day)) {
                ObjectNode body = envelope.wrap(reports.experiment(experiment.key(), ReportOptions.USUAL));
                insert(experiment.key(), occasion, day, clock.instant(), body);
            }
        } catch (RuntimeException failure) {
            // The others are stored all the same, and this one is tried again later.
            LOG.warnf(failure, "the report of %s could not be stored", experiment.key());
            stopped.remove(stop(experiment));
        }
    }

    /** Another experiment may take the key of a deleted one. */
    private static String stop(Experiment experiment) {
        return experiment.key() + "@" + experiment.stoppedAt();
    }

    private static boolean isStored(String key, Occasion occasion, LocalDate day) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        SnapshotEntity.count("experimentKey = ?1 and occasion = ?2 and day = ?3", key, occasion, day)
                                > 0);
    }

    private void insert(String key, Occasion occasion, LocalDate day, Instant now, ObjectNode body) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery(
                                "insert into report_snapshot (experiment_key, occasion, day, taken_at, report_hash, decision, body)"
                                        + " values (?1, ?2, ?3, ?4, ?5, ?6, cast(?7 as json)) on conflict do nothing")
                        .setParameter(1, key)
                        .setParameter(2, occasion.name())
                        .setParameter(3, day)
                        .setParameter(4, now)
                        .setParameter(5, body.get("reportHash").asText())
                        .setParameter(6, body.at("/verdict/decision").asText())
                        .setParameter(7, body.toString())
                        .executeUpdate());
    }

    /** The stored reports of an experiment, the oldest first. */
    Page<Listed> list(String key, Page.Request request) {
        experiments.get(key);
        long after = request.number(0);
        List<Listed> found = QuarkusTransaction.requiringNew()
                .call(() -> SnapshotEntity.<SnapshotEntity>find(
                                "experimentKey = ?1 and id > ?2 order by id", key, after)
                        .page(0, request.limit() + 1)
                        .stream()
                        .map(SnapshotEntity::listed)
                        .toList());
        return Page.of(found, request, snapshot -> Long.toString(snapshot.id()));
    }

    /**
     * One stored report, to the letter.
     *
     * @throws ProblemException if there is none
     */
    String get(String key, String id) {
        experiments.get(key);
        return QuarkusTransaction.requiringNew()
                .call(() -> SnapshotEntity.<SnapshotEntity>find(
                                "experimentKey = ?1 and cast(id as string) = ?2", key, id)
                        .firstResultOptional())
                .map(stored -> stored.body)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.NOT_FOUND, "the experiment " + key + " has no stored report " + id));
    }
}
