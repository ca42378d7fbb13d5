package dev.microlift.server.ingest;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Takes in requests of the GA4 Measurement Protocol. */
@ApplicationScoped
class Measurements {

    private final Ingest ingest;
    private final EnvelopeReader envelopes = new EnvelopeReader(new StrictJson());

    Measurements(Ingest ingest) {
        this.ingest = ingest;
    }

    Uni<Void> collect(Submission submission, @Nullable String measurementId) {
        return ingest.take(submission, form(measurementId)).replaceWithVoid();
    }

    Uni<MeasurementCheck> check(Submission submission, @Nullable String measurementId) {
        return ingest.refused(submission, form(measurementId))
                .map(refused -> new MeasurementCheck(refused.stream()
                        .map(MeasurementCheck.ValidationMessage::of)
                        .toList()));
    }

    private Reception.Form form(@Nullable String measurementId) {
        return new Reception.Form("events", body -> {
            if (measurementId == null || measurementId.isBlank()) {
                throw new ProblemException(
                        ErrorCode.INVALID_PARAMETER, "measurement_id is required: any text that names the stream");
            }
            return MeasurementProtocol.envelope(
                    envelopes.listing(body, "events", MeasurementProtocol.EVENTS), measurementId);
        });
    }
}
