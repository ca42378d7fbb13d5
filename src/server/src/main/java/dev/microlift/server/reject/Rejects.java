package dev.microlift.server.reject;

import dev.microlift.server.document.Page;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest rejects. Noting one costs a place in a queue; a background task writes what is there every few seconds, so
 * a flood can neither slow the senders down nor fill memory or disk: what finds the queue full is dropped and counted.
 */
@ApplicationScoped
public class Rejects {

    /** Some 8 MB of memory at most, and with the pace of writing some 200 rows a second. */
    private static final int QUEUED = 1_000;

    private final BlockingQueue<Reject> queue = new ArrayBlockingQueue<>(QUEUED);
    private volatile Predicate<String> withheld = text -> false;
    private final int kept;
    private final Counter dropped;

    Rejects(RejectSettings settings, MeterRegistry meters) {
        this.kept = settings.keep();
        this.dropped = Counter.builder("microlift.rejects.dropped")
                .description("Rejects that cannot be shown because too many came at once")
                .register(meters);
    }

    /**
     * Keeps a reject for later; never waits, never fails.
     *
     * @param reject asked for only if there is room, for describing one is work too
     */
    public void note(Supplier<Reject> reject) {
        if (queue.remainingCapacity() == 0 || !queue.offer(reject.get())) {
            dropped.increment();
        }
    }

    /**
     * Leaves the text out of rejects that say something that may not be kept; told before anything of them is written.
     *
     * @param secret whether a text says it
     */
    public void withhold(Predicate<String> secret) {
        withheld = secret;
    }

    /**
     * Removes the rejects in which one of some texts stands.
     *
     * @return how many there were
     */
    public synchronized long erase(Collection<String> texts) {
        write();
        return QuarkusTransaction.requiringNew()
                .call(() -> texts.stream()
                        .mapToLong(text -> RejectEntity.delete(
                                "locate(?1, message) > 0 or locate(?1, detail) > 0 or locate(?1, pointer) > 0", text))
                        .sum());
    }

    /** Writes what was noted and forgets what is too old. */
    @Scheduled(
            every = "5s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    synchronized void write() {
        List<Reject> noted = new ArrayList<>();
        queue.drainTo(noted);
        if (noted.isEmpty()) {
            return;
        }
        try {
            QuarkusTransaction.requiringNew().run(() -> write(noted));
        } catch (RuntimeException unwritten) {
            dropped.increment(noted.size());
            throw unwritten;
        }
    }

    private void write(List<Reject> noted) {
        RejectEntity.persist(noted.stream().map(this::withoutSecrets).map(RejectEntity::of));
        RejectEntity.<RejectEntity>findAll(Sort.descending("id"))
                .page(kept, 1)
                .firstResultOptional()
                .ifPresent(tooOld -> RejectEntity.delete("id <= ?1", tooOld.id));
    }

    private Reject withoutSecrets(Reject reject) {
        return withheld.test(reject.message()) ? reject.withoutMessage() : reject;
    }

    double dropped() {
        return dropped.count();
    }

    @Transactional
    long count() {
        return RejectEntity.count();
    }

    /**
     * Lists rejects, the newest first.
     *
     * @param code only those of this kind, unless null
     */
    Page<StoredReject> list(@Nullable String code, Page.Request request) {
        Sort newestFirst = Sort.descending("id");
        var found = code == null
                ? RejectEntity.<RejectEntity>find("id < ?1", newestFirst, request.number(Long.MAX_VALUE))
                : RejectEntity.<RejectEntity>find(
                        "id < ?1 and code = ?2", newestFirst, request.number(Long.MAX_VALUE), code);
        List<StoredReject> shown = found.page(0, request.limit() + 1).list().stream()
                .map(RejectEntity::shown)
                .toList();
        return Page.of(shown, request, reject -> Long.toString(reject.id()));
    }
}
