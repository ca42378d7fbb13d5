package dev.microlift.server.privacy;

import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.reject.Rejects;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.Collectors;

/** Sees to it that nothing of an erased unit is stored again: neither its messages nor rejects that speak of it. */
@ApplicationScoped
class ErasedUnits {

    private static final int BEFORE_OTHERS = 2;

    private final EntityManager database;
    private final EventLog log;
    private final Rejects rejects;

    ErasedUnits(EntityManager database, EventLog log, Rejects rejects) {
        this.database = database;
        this.log = log;
        this.rejects = rejects;
    }

    void refuseAtStart(@Observes @Priority(BEFORE_OTHERS) StartupEvent start) {
        refuseAll();
    }

    /** The keyed hashes of units. */
    UnitHash hashes() {
        return QuarkusTransaction.requiringNew().call(this::readHashes);
    }

    private UnitHash readHashes() {
        return new UnitHash((String) database.createNativeQuery("select key from erasure_key", String.class)
                .getSingleResult());
    }

    /** Refuses a unit as well from now on; called inside the transaction that notes its erasure. */
    void add(UnitHash hashes, String unitType, String id) {
        database.createNativeQuery(
                        "insert into erased_unit (unit_hash, quick_hash) values (?1, ?2) on conflict do nothing")
                .setParameter(1, hashes.of(unitType, id))
                .setParameter(2, hashes.quick(unitType, id))
                .executeUpdate();
    }

    /** Refuses all that are noted; once it returns, nothing of them is on its way any more. */
    synchronized void refuseAll() {
        KnownUnits known = QuarkusTransaction.requiringNew().call(this::read);
        rejects.withhold(known::isMentionedIn);
        log.refuse(known::concerns);
    }

    private KnownUnits read() {
        List<ErasedUnitEntity> units = ErasedUnitEntity.listAll();
        return new KnownUnits(
                readHashes(),
                units.stream().mapToLong(unit -> unit.quickHash).toArray(),
                units.stream().map(unit -> unit.unitHash).collect(Collectors.toSet()),
                ErasureEntity.<ErasureEntity>streamAll()
                        .map(erasure -> erasure.unitType)
                        .collect(Collectors.toSet()));
    }
}
