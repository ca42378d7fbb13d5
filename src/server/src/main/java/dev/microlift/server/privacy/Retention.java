package dev.microlift.server.privacy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microlift.server.configuration.ConfigurationChanges;
import dev.microlift.server.configuration.Configured;
import dev.microlift.server.document.Page;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.Selection;
import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.FirstExposures;
import dev.microlift.server.eventstore.StoredUnits;
import dev.microlift.server.experiment.AssignmentMode;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Erases events that are older than they may be, once a day and by whole days (UTC) of receipt. What a live experiment may
 * still ask about stays until it is stopped: its figures must not change because their events went.
 */
@ApplicationScoped
class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);

    /** The only type whose units anonymous ids are linked to. */
    private static final String LINKED_UNIT_TYPE = "user";

    private final EventLog log;
    private final StoredUnits store;
    private final EventStore events;
    private final Experiments experiments;
    private final RetentionSettings settings;
    private final ConfigurationChanges changes;
    private final Clock clock;

    Retention(
            EventLog log,
            StoredUnits store,
            EventStore events,
            Experiments experiments,
            RetentionSettings settings,
            ConfigurationChanges changes,
            Clock clock) {
        this.log = log;
        this.store = store;
        this.events = events;
        this.experiments = experiments;
        this.settings = settings;
        this.changes = changes;
        this.clock = clock;
    }

    @Scheduled(
            every = "24h",
            delayed = "10m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void apply() throws InterruptedException {
        List<RetentionRule> rules = QuarkusTransaction.requiringNew().call(Retention::rules);
        if (!rules.isEmpty() || settings.keepFor().isPresent()) {
            List<Experiment> live = experiments.all().stream()
                    .filter(experiment -> experiment.status().isLive())
                    .toList();
            Map<String, Instant> exposed = FirstExposures.of(
                    events,
                    live.stream()
                            .filter(experiment -> experiment.definition().assignment() == AssignmentMode.EXTERNAL)
                            .map(Experiment::key)
                            .toList());
            erase(expired(rules, settings.keepFor(), live, exposed, clock.instant()));
        }
    }

    /**
     * What may go at a moment.
     *
     * @param live the experiments that live
     * @param exposed when the first exposure was to those of them that another tool assigns: it may be before the start
     */
    static Selection.Expired expired(
            List<RetentionRule> rules,
            Optional<Duration> others,
            List<Experiment> live,
            Map<String, Instant> exposed,
            Instant now) {
        Instant needed = live.stream()
                .flatMap(experiment -> needsSince(experiment, exposed).stream())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        Map<String, Instant> byEvent = rules.stream()
                .collect(Collectors.toMap(RetentionRule::eventName, rule -> limit(rule.keepFor(), needed, now)));
        // A visitor may be exposed long after it became known whose id it is.
        boolean needsLinks = live.stream()
                .anyMatch(experiment -> experiment.definition().unitType().equals(LINKED_UNIT_TYPE));
        return new Selection.Expired(byEvent, others.map(keepFor -> limit(keepFor, needed, now)), needsLinks);
    }

    private static Optional<Instant> needsSince(Experiment experiment, Map<String, Instant> exposed) {
        Duration past = experiment.definition().plan().past().orElse(Duration.ZERO);
        return experiment
                .started()
                .map(start -> earlier(start, exposed.getOrDefault(experiment.key(), start))
                        .minus(past));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant limit(Duration keepFor, Instant needed, Instant now) {
        return earlier(now.minus(keepFor).truncatedTo(ChronoUnit.DAYS), needed);
    }

    /** First from the log, from which the store could be made anew. */
    void erase(Selection.Expired expired) throws InterruptedException {
        long inLog = log.erase(expired);
        long inStore = store.erase(expired);
        if (inStore > 0) {
            LOG.infof("%d events were kept long enough and are erased, %d of them also from the log", inStore, inLog);
        }
    }

    private static List<RetentionRule> rules() {
        return RetentionEntity.<RetentionEntity>streamAll()
                .map(RetentionEntity::rule)
                .toList();
    }

    @Transactional
    Page<RetentionRule> list(Page.Request request) {
        List<RetentionEntity> found = RetentionEntity.<RetentionEntity>find(
                        "eventName > ?1 order by eventName", request.after())
                .page(0, request.limit() + 1)
                .list();
        return Page.of(found.stream().map(RetentionEntity::rule).toList(), request, RetentionRule::eventName);
    }

    @Transactional
    RetentionRule get(String eventName) {
        return entity(eventName).rule();
    }

    /** Makes a rule, or changes it. */
    @Transactional
    RetentionRule put(RetentionRule rule) {
        return changes.include("replace", configured(rule.eventName()), () -> {
            RetentionEntity entity = RetentionEntity.<RetentionEntity>findByIdOptional(rule.eventName())
                    .orElseGet(RetentionEntity::new);
            entity.eventName = rule.eventName();
            entity.keepDays = (int) rule.keepFor().toDays();
            entity.persist();
            return rule;
        });
    }

    @Transactional
    void delete(String eventName) {
        changes.include("delete", configured(eventName), () -> {
            entity(eventName).delete();
            return eventName;
        });
    }

    private static Configured configured(String eventName) {
        return new Configured(
                "retention",
                eventName,
                () -> RetentionEntity.<RetentionEntity>findByIdOptional(eventName)
                        .map(entity -> JsonNodeFactory.instance
                                .objectNode()
                                .put("eventName", entity.eventName)
                                .put("keepFor", "P" + entity.keepDays + "D")));
    }

    private static RetentionEntity entity(String eventName) {
        return RetentionEntity.<RetentionEntity>findByIdOptional(eventName)
                .orElseThrow(
                        () -> new ProblemException(ErrorCode.NOT_FOUND, "there is no rule for events of this name"));
    }
}
