package dev.microlift.server.planning;

import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Detail;
import dev.microlift.server.analysis.FollowUp;
import dev.microlift.server.analysis.Period;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.Question;
import dev.microlift.server.analysis.Reach;
import dev.microlift.server.analysis.Scope;
import dev.microlift.server.analysis.StepMoments;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.StepRole;
import dev.microlift.stats.Moments;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Baselines from the last 28 days whose units could be followed to the end. Units are those that did any step, so the
 * first step's rate is higher than among all that a test would expose.
 */
@ApplicationScoped
class RecentBaselines {

    private static final Duration LENGTH = Duration.ofDays(28);
    private static final long FEWEST_UNITS = 100;

    private final Analysis analysis;
    private final Clock clock;

    RecentBaselines(Analysis analysis, Clock clock) {
        this.analysis = analysis;
        this.clock = clock;
    }

    /** What traffic says; empty if there is too little of it. */
    Optional<RecentTraffic> of(Journey journey, Duration window) {
        Instant now = clock.instant();
        Instant to = now.minus(window).truncatedTo(ChronoUnit.DAYS);
        Answer answer = analysis.ask(new Question(
                new Scope.OfTraffic(),
                journey.unitType(),
                journey.steps(),
                new FollowUp(window, null, null, null),
                new Period(to.minus(LENGTH), to, null, now),
                Population.MATURED,
                Detail.NONE));
        Arm everybody = answer.arms().get(0);
        if (everybody.n() < FEWEST_UNITS) {
            return Optional.empty();
        }
        List<Baseline> baselines = new ArrayList<>();
        Reach reach = new Reach(journey.steps());
        for (int step = 0; step < journey.steps().size(); step++) {
            double rate = (double) reach.converted(everybody, step, StepOrder.FURTHEST) / everybody.n();
            baselines.add(baseline(
                    journey.steps().get(step),
                    rate,
                    everybody.n(),
                    everybody.steps().get(step)));
        }
        // A journey that is younger had no units on the days before.
        Instant from = answer.days().get(0).day().atStartOfDay(ZoneOffset.UTC).toInstant();
        double dailyUnits = (double) everybody.n() / Duration.between(from, to).toDays();
        return Optional.of(new RecentTraffic(from, to, window, everybody.n(), dailyUnits, baselines));
    }

    private static Baseline baseline(Step step, double rate, long n, StepMoments sums) {
        if (step.role() != StepRole.MACRO || step.valueProperty().isEmpty()) {
            return new Baseline(rate, null);
        }
        Moments value = Moments.mean(n, sums.valueSum(), sums.valueSumOfSquares());
        return new Baseline(rate, new Baseline.Value(value.sum() / n, Math.sqrt(value.m2() / (n - 1))));
    }
}
