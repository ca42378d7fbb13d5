package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.SettableClock;
import dev.microlift.server.eventlog.MemoryEventLog;
import dev.microlift.server.eventlog.Receipt;
import dev.microlift.server.eventlog.SampleMessages;
import dev.microlift.server.meter.VariantMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdConflictTest {

    private final MemoryEventLog log = new MemoryEventLog();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final IngestMeters meters = new IngestMeters(registry, new VariantMeters(registry));
    private final Appends appends = new Appends(log, meters);

    private static String line(String id, String event) {
        return "{\"type\": \"track\", \"event\": \"" + event + "\", \"userId\": \"u\", \"messageId\": \"" + id
                + "\"}\n";
    }

    private ImportOutcome imported(String text) throws IOException {
        StrictJson json = new StrictJson();
        LineReader lines = new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), Limits.MESSAGE_BYTES);
        ImportRun run = new ImportRun(
                new MessageReader(json),
                appends,
                meters,
                new SettableClock(SampleMessages.NOON),
                new ImportProgress("i", SampleMessages.NOON),
                (why, line) -> {});
        return run.run(new JsonLines(json, lines), null);
    }

    @Test
    void aConflictIsRejectedInItsPlaceAndNeitherAcceptedNorADuplicate() {
        Refusal bad = new Refusal(2, null, "", "no-unit", "no unit");
        List<Receipt> receipts = List.of(Receipt.DUPLICATE, Receipt.CONFLICT, Receipt.STORED);

        List<Refusal> refused = new Waiting(List.of("a", "b", "c"), List.of(0, 1, 3), List.of(bad)).refused(receipts);
        Outcome outcome = Outcome.of(Tally.of(receipts), refused, false);

        assertThat(outcome.accepted()).isEqualTo(1);
        assertThat(outcome.duplicates()).isEqualTo(1);
        assertThat(outcome.rejected())
                .containsExactly(new Outcome.Rejection(1, "b", "id-conflict", IdConflict.DETAIL), bad.told());
    }

    @Test
    void conflictsAreCountedAsRejectedMessages() {
        appends.await(appends.begin(List.of(SampleMessages.track("a"))));
        appends.await(appends.begin(List.of(SampleMessages.withContent("a", 7), SampleMessages.track("b"))));

        assertThat(registry.get("microlift.ingest.rejected")
                        .tag("code", "id-conflict")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("microlift.ingest.accepted").counter().count()).isEqualTo(2);
        assertThat(registry.get("microlift.ingest.duplicates").counter().count())
                .isZero();
    }

    @Test
    void anImportTellsTheLinesOfConflictsAmongTheOthers() throws IOException {
        ImportOutcome outcome =
                imported(line("a", "first") + line("b", "x") + line("a", "second") + "broken\n" + line("b", "x"));

        assertThat(outcome.accepted()).isEqualTo(2);
        assertThat(outcome.duplicates()).isEqualTo(1);
        assertThat(outcome.rejected()).isEqualTo(2);
        assertThat(outcome.rejects())
                .extracting(reject -> reject.line() + " " + reject.code())
                .containsExactly("3 id-conflict", "4 malformed-json");
    }
}
