package dev.microlift.server.privacy;

import dev.microlift.server.eventlog.BackupLinks;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.Selection;
import dev.microlift.server.eventstore.LinkedUnit;
import dev.microlift.server.eventstore.StoredUnits;
import dev.microlift.server.reject.Rejects;
import dev.microlift.server.unitfacts.UnitFacts;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Takes an erasure through its steps, from wherever it stands. Which comes next is written down when one is done; each may
 * be done again after a process that ended on the way.
 */
@ApplicationScoped
class ErasureRun {

    private final EventLog log;
    private final StoredUnits store;
    private final UnitFacts facts;
    private final Rejects rejects;
    private final UnlinkedIds unlinked;
    private final DeletedRows deletedRows;
    private final Path data;
    private final Clock clock;

    ErasureRun(
            EventLog log,
            StoredUnits store,
            UnitFacts facts,
            Rejects rejects,
            UnlinkedIds unlinked,
            DeletedRows deletedRows,
            @ConfigProperty(name = "microlift.data-dir") Path data,
            Clock clock) {
        this.log = log;
        this.store = store;
        this.facts = facts;
        this.rejects = rejects;
        this.unlinked = unlinked;
        this.deletedRows = deletedRows;
        this.data = data;
        this.clock = clock;
    }

    /**
     * Runs it to its end.
     *
     * @param linkedToo takes the linked ids that are to be erased as well
     */
    void run(String id, Consumer<LinkedUnit> linkedToo) throws InterruptedException {
        for (ErasureEntity erasure = read(id); erasure.step != Erasure.Step.DONE; erasure = read(id)) {
            take(erasure, linkedToo);
        }
    }

    /** Takes the next step. */
    void take(ErasureEntity erasure, Consumer<LinkedUnit> linkedToo) throws InterruptedException {
        Selection.OfUnit unit = new Selection.OfUnit(erasure.unitType, erasure.unitId == null ? "" : erasure.unitId);
        switch (erasure.step) {
            case LINKS -> {
                List<LinkedUnit> linked = store.linkedTo(unit);
                if (erasure.withLinked) {
                    linked.stream().filter(other -> !other.shared()).forEach(linkedToo);
                }
                List<String> left = unlinked.leftBy(unit);
                advance(erasure, now -> {
                    now.linked = linked;
                    UnlinkedIds.keep(left, unit);
                });
            }
            case REJECTS -> {
                long found = rejects.erase(Spellings.of(unit.id()));
                advance(erasure, now -> now.rejects += found);
            }
            case LOG -> {
                withoutLinks(() -> {
                    long found = log.erase(unit);
                    advance(erasure, now -> now.messages = Math.max(now.messages, found));
                });
            }
            case STORE -> {
                withoutLinks(() -> {
                    // First, so that nobody inherits for a moment.
                    unlinked.tell();
                    // The log forgets what is sealed, and the store may not have loaded all: the larger number is
                    // right.
                    long found = store.erase(unit);
                    advance(erasure, now -> now.messages = Math.max(now.messages, found));
                });
            }
            case FACTS -> {
                forgetFacts(unit);
                advance(erasure, now -> {});
            }
            case DATABASE -> {
                forget(erasure, unit);
                deletedRows.purge();
                advance(erasure, now -> now.doneAt = clock.instant());
            }
            case DONE -> {}
        }
    }

    /** Removes what a backup that was killed keeps; one that is being made goes on, and what is erased waits for it. */
    void dropLinks() throws InterruptedException {
        withoutLinks(() -> {});
    }

    /**
     * Does what changes files, and writes down that it is done, while no backup is being made: it would have the files of
     * before with the configuration of afterwards.
     */
    @SuppressWarnings("try") // that no backup has them is all that is wanted
    private void withoutLinks(Work work) throws InterruptedException {
        try (BackupLinks none = BackupLinks.take(data)) {
            work.run();
        } catch (IOException failure) {
            throw new UncheckedIOException("what a backup left cannot be removed", failure);
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void forgetFacts(Selection.OfUnit unit) throws InterruptedException {
        try {
            facts.erase(unit.unitType(), unit.id()).get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("facts cannot be erased", failure.getCause());
        }
    }

    private static ErasureEntity read(String id) {
        return QuarkusTransaction.requiringNew().call(() -> ErasureEntity.findById(id));
    }

    private static void advance(ErasureEntity erasure, Consumer<ErasureEntity> change) {
        QuarkusTransaction.requiringNew().run(() -> {
            ErasureEntity now = ErasureEntity.findById(erasure.id);
            change.accept(now);
            now.failure = null;
            now.step = erasure.step.next();
        });
    }

    /** The id itself goes last; an erasure that is resumed after this needs it no more. */
    private static void forget(ErasureEntity erasure, Selection.OfUnit unit) {
        QuarkusTransaction.requiringNew().run(() -> {
            for (ErasureEntity any : ErasureEntity.<ErasureEntity>list("unitHash = ?1", erasure.unitHash)) {
                any.unitId = any.step == Erasure.Step.DONE || any.id.equals(erasure.id) ? null : any.unitId;
            }
            for (ErasureEntity any : ErasureEntity.<ErasureEntity>listAll()) {
                List<LinkedUnit> others = any.linked.stream()
                        .filter(linked -> !linked.unitType().equals(unit.unitType())
                                || !linked.id().equals(unit.id()))
                        .toList();
                if (others.size() < any.linked.size()) {
                    any.linked = others;
                }
            }
        });
    }
}
