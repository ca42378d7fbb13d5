package dev.microlift.server.audience;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.assignment.Bucketing;
import dev.microlift.server.document.Sha256;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Keeps a random share of a list from being exported and writes down who is who: an experiment whose treatment is "the
 * unit was on the exported list" and whose control is "it was held back". Assignment is the list's own, so the experiment
 * is one of external assignment; the exposures are in the log before anybody gets the list.
 */
@ApplicationScoped
class HoldBack {

    private static final String CONTROL = "control";
    private static final String TREATMENT = "treatment";
    private static final int BATCH = 1000;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final Experiments experiments;
    private final EventLog log;
    private final ObjectMapper json;
    private final Clock clock;

    HoldBack(Experiments experiments, EventLog log, ObjectMapper json, Clock clock) {
        this.experiments = experiments;
        this.log = log;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A list that was split.
     *
     * @param experiment its key
     */
    record Split(String experiment, long exported, long heldBack) {}

    /**
     * Splits the list; returns once every exposure is durable and the experiment runs.
     *
     * @param list one member a line
     * @param exported takes the members that were not held back
     */
    Split split(String journey, String unitType, double share, BufferedReader list, Consumer<Member> exported) {
        String experiment = draft(journey, unitType, share);
        try {
            Split split = expose(experiment, unitType, share, list, exported);
            experiments.start(experiment, null);
            return split;
        } catch (IOException | RuntimeException failure) {
            // Nobody gets the list, so there is no experiment either.
            experiments.delete(experiment, null);
            throw failure instanceof RuntimeException known ? known : new UncheckedIOException((IOException) failure);
        }
    }

    private String draft(String journey, String unitType, double share) {
        String key = "audience-" + STAMP.format(clock.instant());
        ObjectNode document = json.createObjectNode();
        document.put("key", key);
        document.put("name", "List of " + journey + ", a share held back");
        document.put("hypothesis", "Units on the exported list (treatment) go further than those held back (control).");
        document.put("unitType", unitType);
        document.putArray("journeys").add(journey);
        document.put("assignment", "external");
        ArrayNode variants = document.putArray("variants");
        variants.addObject().put("key", CONTROL).put("weight", share).put("control", true);
        variants.addObject().put("key", TREATMENT).put("weight", 1 - share);
        experiments.create(document);
        return key;
    }

    private Split expose(
            String experiment, String unitType, double share, BufferedReader list, Consumer<Member> exported)
            throws IOException {
        List<Message> batch = new ArrayList<>();
        long members = 0;
        long heldBack = 0;
        for (String line = list.readLine(); line != null; line = list.readLine()) {
            Member member = json.readValue(line, Member.class);
            boolean isHeldBack = Bucketing.hash(experiment, member.unit()) < share;
            members++;
            heldBack += isHeldBack ? 1 : 0;
            batch.add(exposure(experiment, isHeldBack ? CONTROL : TREATMENT, unitType, member.unit()));
            if (batch.size() == BATCH) {
                append(batch);
            }
            if (!isHeldBack) {
                exported.accept(member);
            }
        }
        append(batch);
        return new Split(experiment, members - heldBack, heldBack);
    }

    private void append(List<Message> batch) {
        if (!batch.isEmpty()) {
            try {
                log.append(List.copyOf(batch)).toCompletableFuture().join();
            } catch (CompletionException refused) {
                throw refused.getCause() instanceof ProblemException problem ? problem : refused;
            }
            batch.clear();
        }
    }

    private Message exposure(String experiment, String variant, String unitType, String unit) {
        Instant now = clock.instant();
        boolean user = unitType.equals("user");
        boolean anonymous = unitType.equals("anonymous");
        return new Message(
                "audience-" + Sha256.hex(experiment + '\n' + unit),
                Kind.TRACK,
                Exposure.EVENT,
                user ? unit : null,
                anonymous ? unit : null,
                user || anonymous ? Map.of() : Map.of(unitType, unit),
                now,
                now,
                "{}",
                "{}",
                false,
                false,
                false,
                0,
                new Exposure(experiment, variant));
    }
}
