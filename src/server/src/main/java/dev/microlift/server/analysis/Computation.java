package dev.microlift.server.analysis;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.OptionalDouble;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** The work on one answer: others may see how far it is, and end it. */
public final class Computation {

    private final String id;
    private final What what;
    private final String about;
    private final Instant since;
    private State state = State.WAITING;
    private int done;
    private @Nullable Statement running;

    Computation(String id, What what, String about, Instant since) {
        this.id = id;
        this.what = what;
        this.about = about;
        this.since = since;
    }

    /** Work in the background that nobody sees. */
    static Computation unlisted() {
        return new Computation("", What.UNITS, "", Instant.EPOCH);
    }

    /** Which kind of answer. */
    public enum What {
        /** The figures of a report. */
        FIGURES,
        /** Figures day by day. */
        TIME_SERIES,
        /** Counters. */
        LIVE,
        /** The units one by one. */
        UNITS,
        /** A list of units. */
        AUDIENCE
    }

    /** How far it is. */
    public enum State {
        /** For its turn. */
        WAITING,
        /** It is being computed. */
        COMPUTING,
        /** It ends as soon as it can. */
        CANCELLED
    }

    /** A name of its own. */
    public String id() {
        return id;
    }

    /** Which kind of answer it is. */
    public What what() {
        return what;
    }

    /** Whose units it is about: an experiment, or the traffic through some steps. */
    public String about() {
        return about;
    }

    /** When it was asked for. */
    public Instant since() {
        return since;
    }

    /** How far it is. */
    public synchronized State state() {
        return state;
    }

    /** How many of its statements have ended; how many there will be depends on the question. */
    public synchronized int statementsDone() {
        return done;
    }

    /** The share, from 0 to 1, of the present statement that is done; empty if the database does not say. */
    public synchronized OptionalDouble statementProgress() {
        try {
            if (running instanceof DuckDBPreparedStatement statement) {
                double percentage = statement.getQueryProgress().getPercentage();
                return percentage >= 0 && percentage <= 100
                        ? OptionalDouble.of(percentage / 100)
                        : OptionalDouble.empty();
            }
        } catch (SQLException ended) {
            // between two statements there is nothing to tell
        }
        return OptionalDouble.empty();
    }

    /** Ends it: the present statement is interrupted, no other one begins. It may be called again. */
    public synchronized void cancel() {
        state = State.CANCELLED;
        try {
            if (running != null) {
                running.cancel();
            }
        } catch (SQLException ended) {
            // then the next one does not begin
        }
    }

    /** A statement begins. */
    synchronized void begin(Statement statement) {
        if (state == State.CANCELLED) {
            throw cancelled();
        }
        state = State.COMPUTING;
        running = statement;
    }

    /** It ended, one way or the other. */
    synchronized void end() {
        running = null;
        done++;
    }

    static ProblemException cancelled() {
        return new ProblemException(ErrorCode.REPORT_CANCELLED, "somebody cancelled the computation");
    }
}
