package dev.microlift.server.report.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.report.Questions;
import dev.microlift.server.report.ReportOptions;
import dev.microlift.server.report.Reports;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Counts for everybody who watches: however many they are, an experiment is counted once in {@link #FRESH}. */
@ApplicationScoped
class Live {

    /** For how long counters are told again without counting. */
    static final Duration FRESH = Duration.ofSeconds(5);

    private static final int MOST_STREAMS = 200;
    private static final Duration LONGEST_STREAM = Duration.ofHours(1);

    private final Experiments experiments;
    private final Reports reports;
    private final Analysis analysis;
    private final Clock clock;
    private final Semaphore streams = new Semaphore(MOST_STREAMS);
    private final Cache<String, LiveCounters> counted =
            Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(FRESH).build();

    Live(Experiments experiments, Reports reports, Analysis analysis, Clock clock) {
        this.experiments = experiments;
        this.reports = reports;
        this.analysis = analysis;
        this.clock = clock;
    }

    LiveCounters counters(String key) {
        return counted.get(key, this::count);
    }

    private LiveCounters count(String key) {
        Experiment experiment = experiments.get(key);
        Journey journey = reports.journey(experiment, null).journey();
        Instant now = clock.instant();
        List<String> segments = experiment.definition().plan().segments();
        return LiveCounters.of(
                key,
                now,
                journey.steps(),
                analysis.live(Questions.everything(experiment, journey, ReportOptions.USUAL, segments, now)));
    }

    /** Counters as they change, for an hour at most; who still watches then asks again. */
    Multi<LiveCounters> stream(String key) {
        experiments.get(key);
        if (!streams.tryAcquire()) {
            throw ProblemException.retry(
                    ErrorCode.TOO_MANY_REQUESTS, MOST_STREAMS + " streams are open already", Duration.ofMinutes(1));
        }
        return Multi.createFrom()
                .ticks()
                .startingAfter(Duration.ofMillis(1))
                .every(FRESH)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(tick -> counters(key))
                .select()
                .first(LONGEST_STREAM.dividedBy(FRESH))
                .onTermination()
                .invoke(() -> streams.release());
    }
}
