package dev.microlift.server.analysis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;

/**
 * Units that went the same way. Bits of the masks are positions among the steps: bit 0 is the first step, the last one
 * the goal.
 *
 * @param did steps that the units did themselves in their window
 * @param beforeGoal those that they did before their first goal and not at its instant; all that they did if they have no
 *     goal
 * @param furthest how many required steps they reached when a later step implies the earlier ones
 * @param strict how many required steps they did in their order in time
 * @param units how many went this way
 */
public record Path(long did, long beforeGoal, int furthest, int strict, long units) {

    /** The order in which paths are told; no two paths of an arm are equal in it. */
    static final Comparator<Path> ORDER = Comparator.<Path>comparingLong(Path::did)
            .thenComparingLong(Path::beforeGoal)
            .thenComparingInt(Path::strict);

    /** The way that a row tells. */
    static Path of(ResultSet row) throws SQLException {
        return new Path(
                row.getLong("did"),
                row.getLong("before_goal"),
                row.getInt("furthest"),
                row.getInt("strict"),
                row.getLong("units"));
    }

    /** Whether the units did the step at this position. */
    public boolean did(int step) {
        return (did >>> step & 1) == 1;
    }

    /** Whether the units did the step at this position before their first goal, or without one. */
    public boolean didBeforeGoal(int step) {
        return (beforeGoal >>> step & 1) == 1;
    }

    /** How many required steps the units reached. */
    public int reached(StepOrder order) {
        return switch (order) {
            case FURTHEST -> furthest;
            case STRICT -> strict;
        };
    }

    /** The column of a row of units that says how many required steps it reached. */
    static String column(StepOrder order) {
        return switch (order) {
            case FURTHEST -> "furthest";
            case STRICT -> "strict";
        };
    }

    /** The way without those who went it. */
    Path ofOne() {
        return of(1);
    }

    /** The same way for so many units. */
    Path of(long count) {
        return new Path(did, beforeGoal, furthest, strict, count);
    }
}
