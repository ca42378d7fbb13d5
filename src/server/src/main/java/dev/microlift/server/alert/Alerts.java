package dev.microlift.server.alert;

import dev.microlift.server.document.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps alerts: opens them, closes them, and sees to it that both are told, all in one transaction. */
@ApplicationScoped
class Alerts {

    private final Event<AlertChanged> changed;
    private final Clock clock;

    Alerts(Event<AlertChanged> changed, Clock clock) {
        this.changed = changed;
        this.clock = clock;
    }

    /** Whether alerts still hold. */
    enum State {
        OPEN,
        CLOSED
    }

    /**
     * Brings the alerts of one experiment, or of the server, to what was found: opens what is new, keeps what is open with
     * its latest figures, closes what was not found any more.
     *
     * @param experiment null for the server
     */
    @Transactional
    void settle(@Nullable String experiment, List<Finding> found) {
        List<AlertEntity> open = AlertEntity.list(
                "closedAt is null and (experimentKey = ?1 or (experimentKey is null and ?1 is null))", experiment);
        for (AlertEntity alert : open) {
            Optional<Finding> still = found.stream().filter(alert::isOf).findFirst();
            if (still.isPresent()) {
                alert.evidence = still.get().evidence().toString();
            } else {
                close(alert);
            }
        }
        // Two guardrails may be of one metric; the first that is violated is told.
        List<AlertEntity> told = new ArrayList<>(open);
        for (Finding finding : found) {
            if (told.stream().noneMatch(alert -> alert.isOf(finding))) {
                told.add(open(experiment, finding));
            }
        }
    }

    /** Closes the alerts of experiments that do not run any more. */
    @Transactional
    void closeAllBut(Collection<String> running) {
        AlertEntity.<AlertEntity>list("closedAt is null and experimentKey is not null").stream()
                .filter(alert -> !running.contains(alert.experimentKey))
                .forEach(this::close);
    }

    private AlertEntity open(@Nullable String experiment, Finding finding) {
        AlertEntity alert = new AlertEntity();
        alert.kind = finding.kind();
        alert.subject = finding.subject();
        alert.experimentKey = experiment;
        alert.openedAt = clock.instant();
        alert.evidence = finding.evidence().toString();
        alert.persist();
        changed.fire(new AlertChanged(AlertChanged.Change.OPENED, alert.alert()));
        return alert;
    }

    private void close(AlertEntity alert) {
        alert.closedAt = clock.instant();
        changed.fire(new AlertChanged(AlertChanged.Change.CLOSED, alert.alert()));
    }

    /** Forgets what was closed longer ago than this. */
    @Transactional
    void forget(Duration keep) {
        AlertEntity.delete("closedAt < ?1", clock.instant().minus(keep));
    }

    /** How many are open, for every kind. */
    @Transactional
    Map<AlertKind, Integer> open() {
        Map<AlertKind, Integer> open = new EnumMap<>(AlertKind.class);
        AlertEntity.<AlertEntity>list("closedAt is null").forEach(alert -> open.merge(alert.kind, 1, Integer::sum));
        return open;
    }

    /** The alerts, newest first. */
    @Transactional
    Page<Alert> list(Optional<State> state, Page.Request request) {
        List<Alert> found = AlertEntity.<AlertEntity>find(
                        "id < ?1 and (?2 is null or (?2 = true and closedAt is null) or (?2 = false and closedAt is not null))",
                        Sort.descending("id"),
                        request.number(Long.MAX_VALUE),
                        state.map(wanted -> wanted == State.OPEN).orElse(null))
                .page(0, request.limit() + 1)
                .stream()
                .map(AlertEntity::alert)
                .toList();
        return Page.of(found, request, alert -> Long.toString(alert.id()));
    }
}
