package dev.microlift.server.report.traffic;

import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Detail;
import dev.microlift.server.analysis.FollowUp;
import dev.microlift.server.analysis.Period;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.Question;
import dev.microlift.server.analysis.Scope;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.JourneyVersion;
import dev.microlift.server.journey.Journeys;
import dev.microlift.server.journey.Step;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.report.JourneyBlock;
import dev.microlift.server.report.Leaks;
import dev.microlift.server.report.ReportOptions;
import dev.microlift.server.report.metric.MetricBlock;
import dev.microlift.server.report.path.AssociationBlock;
import dev.microlift.server.report.path.DropOffBlock;
import dev.microlift.server.report.path.FunnelBlock;
import dev.microlift.server.report.path.Recoverable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes reports about all traffic of a journey. */
@ApplicationScoped
class TrafficReports {

    private static final double ALPHA = 0.05;
    private static final Duration USUAL_PERIOD = Duration.ofDays(28);
    private static final Duration LONGEST_PERIOD = Duration.ofDays(3650);
    private static final long WEEK = 7;

    private final Journeys journeys;
    private final Analysis analysis;
    private final Clock clock;
    private final String engine;

    TrafficReports(
            Journeys journeys,
            Analysis analysis,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.journeys = journeys;
        this.analysis = analysis;
        this.clock = clock;
        this.engine = "microlift " + version;
    }

    TrafficReport report(String key, ReportOptions wanted, Duration window) {
        Instant now = clock.instant();
        ReportOptions options = wanted.at(now);
        JourneyVersion version = journeys.get(key);
        Journey journey = version.journey();
        List<Step> steps = journey.steps();
        Instant known = Optional.ofNullable(options.asOf()).orElse(now);
        // Whole days, so that the same address gives the same report all day.
        Instant to = Optional.ofNullable(options.to()).orElseGet(() -> endOfDay(known));
        Instant from = Optional.ofNullable(options.from()).orElseGet(() -> to.minus(USUAL_PERIOD));
        Duration length = Duration.between(from, to);
        if (length.isNegative() || length.isZero() || length.compareTo(LONGEST_PERIOD) > 0) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER,
                    "from must be before to, by at most " + LONGEST_PERIOD.toDays() + " days");
        }
        Duration back = sameWeekdaysBack(length);
        Answer answer = analysis.ask(question(journey, options, window, new Period(from, to, options.asOf(), now)));
        Answer before = analysis.ask(
                question(journey, options, window, new Period(from.minus(back), to.minus(back), options.asOf(), now)));
        Arm everybody = answer.arms().get(0);
        String denominator = FunnelBlock.denominator(options.population());
        return new TrafficReport(
                JourneyBlock.of(version),
                answer.watermarkUntil(options.asOf()),
                engine,
                new TrafficReport.Settings(
                        from,
                        to,
                        options.asOf(),
                        window,
                        options.population(),
                        options.stepOrder(),
                        1 - ALPHA,
                        from.minus(back),
                        to.minus(back),
                        options.segments()),
                new TrafficReport.TrafficUnits(
                        everybody.exposed(), everybody.matured(), answer.units().withoutStep()),
                MetricBlock.of(steps, answer.arms(), options.stepOrder(), denominator, List.of()),
                FunnelBlock.of(steps, answer.arms(), answer.units(), options.stepOrder(), options.population()),
                DropOffBlock.of(
                        steps, answer.edges(), Recoverable.of(steps, options.stepOrder(), answer.segments(), 0)),
                AssociationBlock.of(steps, everybody, ALPHA),
                answer.segments().stream()
                        .map(segment -> new TrafficReport.TrafficSegment(
                                segment.attribute(),
                                segment.value(),
                                MetricBlock.of(steps, segment.arms(), options.stepOrder(), denominator, List.of())))
                        .toList(),
                Leaks.ofTraffic(
                        steps, answer, before, days(answer, from, lastCounted(to, known, options, window)), ALPHA));
    }

    /** Until when the counted units came: all that are known, or all that were followed for their window. */
    private static Instant lastCounted(Instant to, Instant known, ReportOptions options, Duration window) {
        Instant last = options.population() == Population.ALL ? known : known.minus(window);
        return last.isBefore(to) ? last : to;
    }

    /** Days from the first unit, or the beginning of the period if there were some before. */
    private static double days(Answer answer, Instant from, Instant last) {
        Instant first = answer.days().isEmpty()
                ? from
                : answer.days().get(0).day().atStartOfDay(ZoneOffset.UTC).toInstant();
        Duration length = Duration.between(first.isAfter(from) ? first : from, last);
        return (double) length.toMillis() / Duration.ofDays(1).toMillis();
    }

    /** The next midnight (UTC) that is not before this time. */
    private static Instant endOfDay(Instant time) {
        return time.minusNanos(1).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    }

    /** The nearest whole number of weeks that is not shorter. */
    private static Duration sameWeekdaysBack(Duration length) {
        long days = length.plusDays(1).minusMillis(1).toDays();
        return Duration.ofDays((days + WEEK - 1) / WEEK * WEEK);
    }

    private static Question question(Journey journey, ReportOptions options, Duration window, Period period) {
        return new Question(
                new Scope.OfTraffic(),
                journey.unitType(),
                journey.steps(),
                new FollowUp(window, null, null, null),
                period,
                options.population(),
                new Detail(options.segments(), List.of(), null, null, null, true, options.stepOrder()));
    }
}
