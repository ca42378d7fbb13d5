package dev.microlift.server.report.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Path;
import dev.microlift.server.journey.Step;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Shares;
import dev.microlift.stats.FisherExact;
import dev.microlift.stats.Multiplicity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where units get lost, compared with what is usual.
 *
 * @param part whose units: a variant, everybody, or a segment's value; with a day those that came on it
 * @param units that were lost
 * @param of how many could have been
 * @param baseline what is usual: the control, the same days before, or the variant's own earlier days
 * @param rising whether the share is above the usual one, surely and with enough units
 * @param pValue that the shares differ by chance alone, by Fisher's exact test: where everybody is lost it holds as well
 * @param pAdjusted over all leaks of the report, by Benjamini and Hochberg
 * @param lostGoalsPerDay goals that the excess over the baseline costs a day; null if it costs none or cannot be said
 * @param reason why a comparison is absent; null if it is there
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Leak(
        Kind leak,
        String part,
        long units,
        long of,
        @Nullable Double share,
        String baseline,
        @Nullable Double baselineShare,
        @Nullable Double pValue,
        @Nullable Double pAdjusted,
        @Nullable Boolean rising,
        @Nullable Double lostGoalsPerDay,
        @Nullable String reason) {

    /** Parts with fewer units are told, but not compared. */
    static final long MINIMUM_UNITS = 100;

    /** What is lost. */
    public enum Kind {
        /** Units that did no micro step. */
        TRAFFIC_WITHOUT_MICRO_STEP,
        /** Units with a micro step that did not reach the goal in their window. */
        MICRO_STEP_WITHOUT_GOAL,
        /** Goals of units without a required step before: a hole in the tracking. */
        GOAL_WITHOUT_REQUIRED_STEP,
        /** Units with steps that never saw a variant. */
        EVENTS_WITHOUT_EXPOSURE
    }

    /**
     * What units of one part did.
     *
     * @param idle without any micro step
     * @param stuck with a micro step and without the goal
     * @param holes with the goal and without a required step
     */
    public record Counts(long units, long idle, long stuck, long goals, long holes) {

        /** Nobody. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        /** Of one arm. */
        public static Counts of(List<Step> steps, Arm arm) {
            return of(steps, arm.paths());
        }

        /** Of units that went these ways. */
        public static Counts of(List<Step> steps, List<Path> paths) {
            int goal = steps.size() - 1;
            long micro = (1L << goal) - 1;
            long required = 0;
            for (int step = 0; step < goal; step++) {
                required |= steps.get(step).optional() ? 0 : 1L << step;
            }
            long idle = 0;
            long stuck = 0;
            long goals = 0;
            long holes = 0;
            long units = 0;
            for (Path path : paths) {
                units += path.units();
                boolean any = (path.did() & micro) != 0;
                boolean converted = path.did(goal);
                idle += any ? 0 : path.units();
                stuck += any && !converted ? path.units() : 0;
                goals += converted ? path.units() : 0;
                holes += converted && (path.did() & required) != required ? path.units() : 0;
            }
            return new Counts(units, idle, stuck, goals, holes);
        }

        /** These and others. */
        public Counts plus(Counts more) {
            return new Counts(
                    units + more.units, idle + more.idle, stuck + more.stuck, goals + more.goals, holes + more.holes);
        }

        /** The same with units that did nothing at all. */
        public Counts withIdle(long more) {
            return new Counts(units + more, idle + more, stuck, goals, holes);
        }

        private long active() {
            return units - idle;
        }

        private long lost(Kind kind) {
            return switch (kind) {
                case TRAFFIC_WITHOUT_MICRO_STEP -> idle;
                case MICRO_STEP_WITHOUT_GOAL -> stuck;
                case GOAL_WITHOUT_REQUIRED_STEP -> holes;
                case EVENTS_WITHOUT_EXPOSURE -> 0;
            };
        }

        private long whole(Kind kind) {
            return switch (kind) {
                case TRAFFIC_WITHOUT_MICRO_STEP -> units;
                case MICRO_STEP_WITHOUT_GOAL -> active();
                case GOAL_WITHOUT_REQUIRED_STEP -> goals;
                case EVENTS_WITHOUT_EXPOSURE -> 0;
            };
        }
    }

    /**
     * A part of the units and what is usual for it.
     *
     * @param usual null if nothing is
     */
    public record Part(String name, Counts now, @Nullable Counts usual) {}

    /**
     * The leaks of every part.
     *
     * @param baseline name of what is usual
     * @param days how many the counts are from
     */
    public static List<Leak> of(List<Part> parts, String baseline, double days, double alpha) {
        List<Leak> raw = new ArrayList<>();
        for (Part part : parts) {
            raw.add(of(Kind.TRAFFIC_WITHOUT_MICRO_STEP, part, baseline, days));
            raw.add(of(Kind.MICRO_STEP_WITHOUT_GOAL, part, baseline, days));
            raw.add(of(Kind.GOAL_WITHOUT_REQUIRED_STEP, part, baseline, days));
        }
        List<@Nullable Double> p = new ArrayList<>();
        raw.forEach(leak -> p.add(leak.pValue()));
        List<@Nullable Double> adjusted = Multiplicity.benjaminiHochberg(p).adjusted();
        List<Leak> leaks = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            leaks.add(raw.get(i).judged(adjusted.get(i), alpha));
        }
        return leaks;
    }

    /** Units that never saw a variant; there is nothing usual to compare them with. */
    public static Leak unexposed(long units, long exposed) {
        return new Leak(
                Kind.EVENTS_WITHOUT_EXPOSURE,
                "all",
                units,
                units + exposed,
                Shares.of(units, units + exposed),
                "none",
                null,
                null,
                null,
                null,
                null,
                "NO_BASELINE");
    }

    private static Leak of(Kind kind, Part part, String baseline, double days) {
        long of = part.now().whole(kind);
        Counts usual = part.usual();
        String reason = usual == null
                ? "NO_BASELINE"
                : Math.min(of, usual.whole(kind)) < MINIMUM_UNITS ? "MINIMUM_VOLUME" : null;
        Double p = null;
        Double lost = null;
        Double share = Shares.of(part.now().lost(kind), of);
        Double usualShare = usual == null ? null : Shares.of(usual.lost(kind), usual.whole(kind));
        if (usual != null && reason == null) {
            FisherExact.Result test = FisherExact.test(
                    usual.whole(kind), usual.lost(kind), of, part.now().lost(kind));
            p = test.p();
            reason = Estimate.name(test.reason());
            lost = share == null || usualShare == null || days <= 0
                    ? null
                    : lostGoals(kind, share - usualShare, of, usual, days);
        }
        return new Leak(
                kind, part.name(), part.now().lost(kind), of, share, baseline, usualShare, p, null, null, lost, reason);
    }

    /** What the excess would have become, going by what is usual. */
    private static @Nullable Double lostGoals(Kind kind, double excess, long of, Counts usual, double days) {
        if (excess <= 0) {
            return null;
        }
        double lost = excess * (double) of;
        return switch (kind) {
            case TRAFFIC_WITHOUT_MICRO_STEP ->
                usual.active() == 0 ? null : lost / days * ((double) (usual.active() - usual.stuck()) / usual.active());
            case MICRO_STEP_WITHOUT_GOAL -> lost / days;
            case GOAL_WITHOUT_REQUIRED_STEP, EVENTS_WITHOUT_EXPOSURE -> null;
        };
    }

    private Leak judged(@Nullable Double corrected, double alpha) {
        Boolean isRising = corrected == null || share == null || baselineShare == null
                ? null
                : corrected < alpha && share > baselineShare;
        return new Leak(
                leak,
                part,
                units,
                of,
                share,
                baseline,
                baselineShare,
                pValue,
                corrected,
                isRising,
                Boolean.TRUE.equals(isRising) ? lostGoalsPerDay : null,
                reason);
    }
}
