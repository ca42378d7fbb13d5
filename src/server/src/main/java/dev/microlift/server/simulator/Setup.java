package dev.microlift.server.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Sees to it that the shop's journey and experiment are there and running. */
final class Setup {

    private static final String JOURNEYS = "/api/v1/journeys";
    private static final String EXPERIMENTS = "/api/v1/experiments";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    /** How long other nodes may take to hear of the start. */
    private static final int MOST_PROBES = 50;

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(200);

    private final Caller server;
    private final Variants variants;
    private final Names names;
    private final ShopDocuments documents;

    Setup(Caller server, Variants variants, Names names) {
        this.server = server;
        this.variants = variants;
        this.names = names;
        this.documents = new ShopDocuments(names);
    }

    /**
     * Creates what is absent and starts the experiment.
     *
     * @throws SimulationException if something else has these keys, or the experiment has ended
     */
    void prepare(long units) {
        JsonNode journey = findOrCreate(JOURNEYS, names.journey(), documents.journey());
        if (!documents.isSameJourney(journey)) {
            throw new SimulationException("there is a journey " + names.journey()
                    + " already, with other steps than the shop's: name another with --journey");
        }
        JsonNode experiment = findOrCreate(EXPERIMENTS, names.experiment(), documents.experiment(units));
        if (!documents.isSameExperiment(experiment)) {
            throw new SimulationException("there is an experiment " + names.experiment()
                    + " already, with another journey or other variants: name another with --experiment");
        }
        start(experiment.path("status").asText());
        awaitStart();
    }

    private JsonNode findOrCreate(String path, String key, JsonNode document) {
        Answer found = server.get(path + "/" + key);
        if (found.status() != NOT_FOUND) {
            return found.orFail();
        }
        Answer created = server.post(path, document);
        return created.status() == CONFLICT ? server.get(path + "/" + key).orFail() : created.orFail();
    }

    private void start(String status) {
        switch (status) {
            case "running" -> {}
            case "draft" ->
                server.post(EXPERIMENTS + "/" + names.experiment() + "/start").orFail();
            default ->
                throw new SimulationException("the experiment " + names.experiment() + " is " + status
                        + ": name another with --experiment, or read its report with --report-only");
        }
    }

    private void awaitStart() {
        for (int probe = 0; !variants.isServed(); probe++) {
            if (probe >= MOST_PROBES) {
                throw new SimulationException(
                        "the experiment " + names.experiment() + " was started, but the server does not assign units");
            }
            server.rest(BETWEEN_PROBES);
        }
    }
}
