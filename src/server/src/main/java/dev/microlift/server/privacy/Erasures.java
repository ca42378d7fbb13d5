package dev.microlift.server.privacy;

import dev.microlift.server.configuration.Change;
import dev.microlift.server.document.Page;
import dev.microlift.server.eventlog.Selection;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Takes erasures in and has them done in the background, one after the other, until they are. */
@ApplicationScoped
class Erasures {

    private static final Logger LOG = Logger.getLogger(Erasures.class);
    private static final int SECONDS_TO_STOP = 5;

    private final ErasedUnits erased;
    private final ErasureRun run;
    private final Event<Change> changes;
    private final Clock clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "erasures");
        thread.setDaemon(true);
        return thread;
    });

    Erasures(ErasedUnits erased, ErasureRun run, Event<Change> changes, Clock clock) {
        this.erased = erased;
        this.run = run;
        this.changes = changes;
        this.clock = clock;
    }

    void resumeAtStart(@Observes StartupEvent start) {
        background.execute(this::dropLinks);
        resume();
    }

    private void dropLinks() {
        try {
            run.dropLinks();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.error("what a backup left is not removed; the next erasure tries again", failure);
        }
    }

    /** Also those that failed, and those that another node took in and left. */
    @Scheduled(
            every = "1m",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void resume() {
        QuarkusTransaction.requiringNew()
                .call(() -> ErasureEntity.<ErasureEntity>list("step <> ?1", Sort.by("number"), Erasure.Step.DONE))
                .forEach(erasure -> begin(erasure.id));
    }

    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        background.shutdownNow();
        if (!background.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            LOG.warn("an erasure is still under way; the next start goes on with it");
        }
    }

    /**
     * Takes in that a unit is to be erased. From here on nothing of it is stored any more.
     *
     * @param withLinked whether to erase the ids as well that came with it and with nobody else
     */
    Erasure request(Selection.OfUnit unit, boolean withLinked) {
        Erasure erasure = note(unit, withLinked);
        erased.refuseAll();
        begin(erasure.id());
        return erasure;
    }

    /** Writes down that it is to be done; whoever resumes does it. */
    Erasure note(Selection.OfUnit unit, boolean withLinked) {
        UnitHash hashes = erased.hashes();
        return QuarkusTransaction.requiringNew().call(() -> {
            String hash = hashes.of(unit.unitType(), unit.id());
            ErasureEntity wanted = new ErasureEntity();
            wanted.id = UUID.randomUUID().toString();
            wanted.unitType = unit.unitType();
            wanted.unitHash = hash;
            wanted.unitId = unit.id();
            wanted.withLinked = withLinked;
            wanted.step = Erasure.Step.LINKS;
            wanted.linked = new ArrayList<>();
            wanted.requestedAt = clock.instant();
            wanted.persistAndFlush();
            erased.add(hashes, unit.unitType(), unit.id());
            // By its hash: the id is what must go.
            changes.fire(new Change("delete", "unit", hash, Optional.empty(), Optional.empty()));
            return wanted.shown();
        });
    }

    private void begin(String id) {
        if (underWay.add(id)) {
            background.execute(() -> work(id));
        }
    }

    private void work(String id) {
        try {
            run.run(id, linked -> request(new Selection.OfUnit(linked.unitType(), linked.id()), false));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            if (!background.isShutdown()) {
                LOG.errorf(failure, "the erasure %s failed; it is tried again", id);
                tell(id, failure);
            }
        } finally {
            underWay.remove(id);
        }
    }

    /** Only what kind of failure it was: what it says may name the unit. */
    private static void tell(String id, RuntimeException failure) {
        QuarkusTransaction.requiringNew()
                .run(() -> ErasureEntity.<ErasureEntity>findByIdOptional(id)
                        .ifPresent(
                                erasure -> erasure.failure = failure.getClass().getSimpleName()));
    }

    /** All that were asked for, the newest first. */
    @Transactional
    Page<Erasure> list(Page.Request request) {
        List<ErasureEntity> found = ErasureEntity.<ErasureEntity>find(
                        "number < ?1", Sort.descending("number"), request.number(Long.MAX_VALUE))
                .page(0, request.limit() + 1)
                .list();
        Page<ErasureEntity> page = Page.of(found, request, erasure -> Long.toString(erasure.number));
        return new Page<>(page.items().stream().map(ErasureEntity::shown).toList(), page.nextCursor());
    }

    @Transactional
    Erasure get(String id) {
        return ErasureEntity.<ErasureEntity>findByIdOptional(id)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no erasure with this id"))
                .shown();
    }
}
