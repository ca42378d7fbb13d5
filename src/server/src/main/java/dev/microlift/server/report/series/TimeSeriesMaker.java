package dev.microlift.server.report.series;

import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.analysis.Question;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.experiment.Definition;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.report.Questions;
import dev.microlift.server.report.ReportOptions;
import dev.microlift.server.report.Reports;
import dev.microlift.server.report.study.Monitoring;
import dev.microlift.server.report.study.Study;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes time series. */
@ApplicationScoped
class TimeSeriesMaker {

    private final Experiments experiments;
    private final Reports reports;
    private final Analysis analysis;
    private final Clock clock;

    TimeSeriesMaker(Experiments experiments, Reports reports, Analysis analysis, Clock clock) {
        this.experiments = experiments;
        this.reports = reports;
        this.analysis = analysis;
        this.clock = clock;
    }

    TimeSeries series(String key, @Nullable String wanted, StepOrder order) {
        Experiment experiment = experiments.get(key);
        Definition definition = experiment.definition();
        Journey journey = reports.journey(experiment, null).journey();
        Metric metric = Metric.of(journey.steps(), wanted);
        Study study = new Study(
                journey,
                order,
                List.of(),
                definition.control(),
                Questions.expectedShares(experiment),
                new Monitoring(definition.plan(), 0, false));
        Question question = Questions.everything(
                experiment, journey, ReportOptions.USUAL, definition.plan().segments(), clock.instant());
        boolean isReach = order == StepOrder.FURTHEST && !metric.isValue();
        return TimeSeries.of(
                key, study, metric, isReach ? analysis.reachSeries(question) : analysis.timeSeries(question));
    }
}
