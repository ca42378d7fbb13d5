package dev.microlift.server.privacy;

import dev.microlift.server.eventlog.Selection;
import dev.microlift.server.eventstore.StoredUnits;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Anonymous ids that belong to nobody, because the user they belonged to first was erased. With that user's link alone gone,
 * the next user of the device would inherit what the erased one did there. The event store, which may be made anew at any
 * time, is told at every start.
 */
@ApplicationScoped
class UnlinkedIds {

    private final StoredUnits store;

    UnlinkedIds(StoredUnits store) {
        this.store = store;
    }

    void tellAtStart(@Observes StartupEvent start) {
        tell();
    }

    /** Tells the event store. */
    void tell() {
        List<String> ids = QuarkusTransaction.requiringNew()
                .call(() -> UnlinkedIdEntity.<UnlinkedIdEntity>streamAll()
                        .map(entity -> entity.anonymousId)
                        .toList());
        store.disown(ids);
    }

    /** The ids that nobody may inherit from a unit: found before anything of it is erased. */
    List<String> leftBy(Selection.OfUnit unit) {
        return unit.unitType().equals("user") ? store.anonymousIdsOf(unit.id()) : List.of();
    }

    /** Keeps what a unit leaves, and forgets the unit itself; called inside the transaction that takes the erasure on. */
    static void keep(List<String> left, Selection.OfUnit unit) {
        left.forEach(id -> UnlinkedIdEntity.getEntityManager().merge(UnlinkedIdEntity.of(id)));
        if (unit.unitType().equals("anonymous")) {
            UnlinkedIdEntity.deleteById(unit.id());
        }
    }
}
