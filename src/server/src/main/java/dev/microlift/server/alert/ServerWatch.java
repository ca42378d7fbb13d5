package dev.microlift.server.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.analysis.Lag;
import dev.microlift.server.ingest.IngestMeters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Judges the server itself: what comes in, and whether it can be asked for. */
@ApplicationScoped
class ServerWatch {

    private final IngestMeters ingest;
    private final Analysis analysis;
    private final Alerts alerts;
    private final ObjectMapper json;
    private final Clock clock;
    private final RejectedShare rejected;
    private final Duration largestLag;

    ServerWatch(
            IngestMeters ingest,
            Analysis analysis,
            Alerts alerts,
            AlertSettings settings,
            ObjectMapper json,
            Clock clock) {
        this.ingest = ingest;
        this.analysis = analysis;
        this.alerts = alerts;
        this.json = json;
        this.clock = clock;
        this.rejected = new RejectedShare(settings.rejectedWindow(), settings.rejectedPercent() / 100.0);
        this.largestLag = settings.loaderLag();
    }

    /** Judges it now. */
    synchronized void judge() {
        List<Finding> found = new ArrayList<>();
        rejected.look(clock.instant(), ingest.counts())
                .map(share -> new Finding(AlertKind.INGEST_REJECTING, Finding.SERVER, json.valueToTree(share)))
                .ifPresent(found::add);
        Lag lag = analysis.lag();
        if (lag.seconds() > largestLag.toSeconds()) {
            found.add(new Finding(AlertKind.LOADER_BEHIND, Finding.SERVER, json.valueToTree(lag)));
        }
        alerts.settle(null, found);
    }
}
