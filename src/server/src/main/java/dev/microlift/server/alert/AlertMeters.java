package dev.microlift.server.alert;

import dev.microlift.server.document.Choices;
import dev.microlift.server.report.trust.Judgement;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the operator sees of alerts and of whether experiments can be believed. */
@Startup
@ApplicationScoped
class AlertMeters {

    /** Of how many experiments trust is shown: each is a time series of the operator's database. */
    private static final int MOST_EXPERIMENTS = 500;

    private final MultiGauge trust;
    private final Map<String, Judgement> verdicts = new ConcurrentSkipListMap<>();
    private volatile Map<AlertKind, Integer> open = Map.of();

    AlertMeters(MeterRegistry meters) {
        this.trust = MultiGauge.builder("microlift.experiment.trust")
                .description("Whether a running experiment's figures can be believed: 0 yes, 1 look at it, 2 no")
                .register(meters);
        for (Judgement verdict : Judgement.values()) {
            Gauge.builder("microlift.experiments.judged", () -> Collections.frequency(verdicts.values(), verdict))
                    .description("Running experiments by whether their figures can be believed")
                    .tag("verdict", Choices.write(verdict))
                    .register(meters);
        }
        for (AlertKind kind : AlertKind.values()) {
            Gauge.builder("microlift.alerts.open", () -> open.getOrDefault(kind, 0))
                    .description("Alerts that are open")
                    .tag("kind", Choices.write(kind))
                    .register(meters);
        }
    }

    void open(Map<AlertKind, Integer> now) {
        open = Map.copyOf(now);
    }

    void trust(String experiment, Judgement verdict) {
        verdicts.put(experiment, verdict);
        show();
    }

    void forgetTrustOfAllBut(Collection<String> experiments) {
        verdicts.keySet().retainAll(experiments);
        show();
    }

    private void show() {
        trust.register(
                verdicts.entrySet().stream()
                        .limit(MOST_EXPERIMENTS)
                        .map(entry ->
                                MultiGauge.Row.of(Tags.of("experiment", entry.getKey()), figure(entry.getValue())))
                        .toList(),
                true);
    }

    private static int figure(Judgement verdict) {
        return switch (verdict) {
            case OK -> 0;
            case WARN -> 1;
            case INVALID -> 2;
        };
    }
}
