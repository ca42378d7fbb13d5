package dev.microlift.server.audience;

import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.analysis.Detail;
import dev.microlift.server.analysis.FollowUp;
import dev.microlift.server.analysis.Period;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.Question;
import dev.microlift.server.analysis.Scope;
import dev.microlift.server.analysis.UnitRow;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.experiment.Variant;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.Journeys;
import dev.microlift.server.journey.Step;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.report.Questions;
import dev.microlift.server.report.Reports;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the units of a list. */
@ApplicationScoped
class Audience {

    private static final int ANY = -1;
    private static final String COMPARED = "compared";

    private final Journeys journeys;
    private final Experiments experiments;
    private final Reports reports;
    private final Analysis analysis;
    private final Clock clock;

    Audience(Journeys journeys, Experiments experiments, Reports reports, Analysis analysis, Clock clock) {
        this.journeys = journeys;
        this.experiments = experiments;
        this.reports = reports;
        this.analysis = analysis;
        this.clock = clock;
    }

    /** A list that can be walked through. */
    interface Listing {

        /** The unit type of its members. */
        String unitType();

        /** Tells every member, in the order of unit ids. */
        void forEach(Consumer<Member> member);
    }

    /** Whom the request is about; a wrong one is told at once. */
    Listing find(AudienceRequest request) {
        Instant now = clock.instant();
        Period period = new Period(now.minus(request.within()), null, null, now);
        if (request.experiment() == null) {
            if (request.variant() != null) {
                throw new ProblemException(ErrorCode.INVALID_PARAMETER, "variant needs an experiment");
            }
            Journey journey = journeys.get(request.journey()).journey();
            Question question = new Question(
                    new Scope.OfTraffic(),
                    journey.unitType(),
                    journey.steps(),
                    FollowUp.UNLIMITED,
                    period,
                    Population.ALL,
                    Detail.NONE);
            return listing(journey, question, request, false);
        }
        Experiment experiment = experiments.get(request.experiment());
        Journey journey = reports.journey(experiment, request.journey()).journey();
        requireVariant(experiment, request.variant());
        return listing(journey, Questions.progress(experiment, journey, period), request, true);
    }

    private Listing listing(Journey journey, Question question, AudienceRequest request, boolean isExperiment) {
        int reached = step(journey.steps(), "reached", request.reached());
        int notReached = step(journey.steps(), "notReached", request.notReached());
        String variant = request.variant();
        return new Listing() {
            @Override
            public String unitType() {
                return question.unitType();
            }

            @Override
            public void forEach(Consumer<Member> member) {
                analysis.export(question, unit -> {
                    Instant at = reached == ANY ? unit.t0() : reachedAt(journey.steps(), unit, reached);
                    boolean isMember = at != null
                            && unit.fate().equals(COMPARED)
                            && (notReached == ANY || reachedAt(journey.steps(), unit, notReached) == null)
                            && (variant == null || variant.equals(unit.variant()));
                    if (isMember) {
                        member.accept(new Member(
                                unit.unit(),
                                isExperiment ? unit.variant() : null,
                                unit.t0(),
                                reached == ANY ? null : at));
                    }
                });
            }
        };
    }

    /** When the unit first did the step or any later required one; null if it did not. */
    private static @Nullable Instant reachedAt(List<Step> steps, UnitRow unit, int step) {
        Instant earliest = unit.steps().get(step).first();
        for (int later = step + 1; later < steps.size() && !steps.get(step).optional(); later++) {
            Instant at = unit.steps().get(later).first();
            boolean isEarlier = at != null && (earliest == null || at.isBefore(earliest));
            earliest = isEarlier && !steps.get(later).optional() ? at : earliest;
        }
        return earliest;
    }

    private static int step(List<Step> steps, String parameter, @Nullable String key) {
        for (int i = 0; key != null && i < steps.size(); i++) {
            if (steps.get(i).key().equals(key)) {
                return i;
            }
        }
        if (key == null) {
            return ANY;
        }
        throw new ProblemException(
                ErrorCode.INVALID_PARAMETER,
                parameter + " is one of " + steps.stream().map(Step::key).collect(Collectors.joining(", ")));
    }

    private static void requireVariant(Experiment experiment, @Nullable String key) {
        if (key != null && experiment.definition().variant(key).isEmpty()) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER,
                    "variant is one of "
                            + experiment.definition().variants().stream()
                                    .map(Variant::key)
                                    .collect(Collectors.joining(", ")));
        }
    }
}
