package dev.microlift.server.alert;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Judges everything again and again, on one node at a time. */
@ApplicationScoped
class AlertRound {

    /** After judging experiments they are left alone for this many times as long as it took: reports are for people first. */
    private static final int REST = 9;

    private final ServerWatch server;
    private final ExperimentWatch experiments;
    private final Alerts alerts;
    private final AlertMeters meters;
    private final OneNode oneNode;
    private final AlertSettings settings;
    private long end;
    private Duration rest = Duration.ZERO;

    AlertRound(
            ServerWatch server,
            ExperimentWatch experiments,
            Alerts alerts,
            AlertMeters meters,
            OneNode oneNode,
            AlertSettings settings) {
        this.server = server;
        this.experiments = experiments;
        this.alerts = alerts;
        this.meters = meters;
        this.oneNode = oneNode;
        this.settings = settings;
    }

    @Scheduled(
            every = "${microlift.alerts.every}",
            delayed = "${microlift.alerts.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    synchronized void judge() {
        oneNode.tryRun(() -> {
            server.judge();
            judgeExperimentsAfterARest();
            alerts.forget(settings.keep());
        });
        meters.open(alerts.open());
    }

    private void judgeExperimentsAfterARest() {
        long begin = System.nanoTime();
        if (begin - end >= rest.toNanos()) {
            experiments.judgeAll();
            end = System.nanoTime();
            rest = Duration.ofNanos(end - begin).multipliedBy(REST);
        }
    }
}
