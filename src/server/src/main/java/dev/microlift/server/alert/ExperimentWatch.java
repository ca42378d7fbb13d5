package dev.microlift.server.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.report.ExperimentReport;
import dev.microlift.server.report.ReportOptions;
import dev.microlift.server.report.Reports;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Judges experiments by their reports. */
@ApplicationScoped
class ExperimentWatch {

    private static final Logger LOG = Logger.getLogger(ExperimentWatch.class);

    private final Experiments experiments;
    private final Reports reports;
    private final Alerts alerts;
    private final GuardrailStop guardrailStop;
    private final AlertMeters meters;
    private final ExperimentFindings findings;

    ExperimentWatch(
            Experiments experiments,
            Reports reports,
            Alerts alerts,
            GuardrailStop guardrailStop,
            AlertMeters meters,
            ObjectMapper json) {
        this.experiments = experiments;
        this.reports = reports;
        this.alerts = alerts;
        this.guardrailStop = guardrailStop;
        this.meters = meters;
        this.findings = new ExperimentFindings(json);
    }

    /** Judges all that are live. One that cannot be judged now keeps its alerts and does not keep the others waiting. */
    void judgeAll() {
        List<Experiment> live = experiments.all().stream()
                .filter(experiment -> experiment.status().isLive())
                .toList();
        List<String> keys = live.stream().map(Experiment::key).toList();
        alerts.closeAllBut(keys);
        meters.forgetTrustOfAllBut(keys);
        for (Experiment experiment : live) {
            try {
                judge(experiment);
            } catch (RuntimeException failure) {
                LOG.warnf(failure, "the experiment %s could not be judged; it is tried again", experiment.key());
            }
        }
    }

    /** Judges one: first it is told, then what has to follow is done, also if it could not be told. */
    void judge(Experiment experiment) {
        ExperimentReport report = reports.experiment(experiment.key(), ReportOptions.USUAL);
        try {
            alerts.settle(experiment.key(), findings.of(experiment.key(), report));
            meters.trust(experiment.key(), report.trust().verdict());
        } finally {
            guardrailStop.apply(experiment, report.guardrails());
        }
    }
}
