package dev.microlift.server.analysis;

import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rows of units of one definition, kept and brought up to date by position in the log, never by the time of events: a
 * late event is news like any other. What news touches is derived anew from all its events.
 */
final class RollUp {

    /** Before everything in the log. */
    static final long NOTHING = -1;

    private static final Period EVERYTHING = Period.everything(Instant.EPOCH);

    private final Definition definition;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private State kept = State.NONE;
    private State derived = State.NONE;
    private Instant lastAsked;

    RollUp(Definition definition, long number, Instant now) {
        this.definition = definition;
        this.name = "derived.units_" + number;
        this.lastAsked = now;
    }

    /**
     * What rows hold for.
     *
     * @param position of the log
     * @param removed how many messages up to it are not there any more: ids that had come before. Where more went, what
     *     had been derived from them is wrong
     * @param strays exposures to variants that the experiment does not have
     */
    private record State(long position, long removed, long strays) {
        private static final State NONE = new State(NOTHING, 0, 0);
    }

    ReentrantLock lock() {
        return lock;
    }

    Instant lastAsked() {
        return lastAsked;
    }

    void askedAt(Instant now) {
        lastAsked = now;
    }

    String units() {
        return name;
    }

    String unexposed() {
        return name + "_unexposed";
    }

    /** Forgets what a transaction that failed had derived. */
    void begin() {
        derived = kept;
    }

    /** Brings the rows up to date; what it does counts once the transaction is {@link #committed}. */
    UnitTable refresh(Session session, ChannelRules channels) throws SQLException {
        long position = session.position();
        long removed = position - session.number(Sql.of("select count(*) from events"));
        boolean isThere = session.number(Sql.of(
                        "select count(*) from duckdb_tables() where database_name || '.' || table_name = ?", name))
                > 0;
        long strays = kept.strays;
        if (!isThere || kept.position == NOTHING || kept.removed != removed || kept.position > position) {
            Derivation derivation = new Derivation(session, definition, EVERYTHING, channels);
            deriveAll(session, derivation);
            strays = derivation.strays(NOTHING);
        } else if (kept.position < position) {
            Derivation derivation = new Derivation(session, definition, EVERYTHING, channels);
            deriveTouched(session, derivation);
            strays += derivation.strays(kept.position);
        }
        derived = new State(position, removed, strays);
        return new UnitTable(units(), unexposed(), strays, position);
    }

    private void deriveAll(Session session, Derivation derivation) throws SQLException {
        Sql rows = derivation.units();
        drop(session);
        session.execute(rows.within("create table " + units() + " as ", ""));
        session.execute(derivation.unexposed().within("create table " + unexposed() + " as ", ""));
    }

    private void deriveTouched(Session session, Derivation derivation) throws SQLException {
        if (derivation.restrictToTouched(kept.position) == 0) {
            return;
        }
        Sql rows = derivation.units();
        session.execute(Sql.of("delete from " + units() + " where unit in (from touched)"));
        session.execute(rows.within("insert into " + units() + " ", ""));
        session.execute(Sql.of("delete from " + unexposed() + " where unit_no in (select "
                + Derivation.unexposedNumber("unit") + " from touched)"));
        session.execute(derivation.unexposed().within("insert into " + unexposed() + " ", ""));
    }

    /** What was derived is there now. */
    void committed() {
        kept = derived;
    }

    void drop(Session session) throws SQLException {
        session.execute(Sql.of("drop table if exists " + units()));
        session.execute(Sql.of("drop table if exists " + unexposed()));
    }
}
