package dev.microlift.server.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Plays every unit once. Each thread takes the next unit, asks for its variant and gathers its messages; when a batch is
 * full it waits for the server to keep it. So memory holds one batch a thread, and a unit's messages keep their order.
 */
final class Play {

    private final Caller server;
    private final Variants variants;
    private final Visitors visitors;
    private final Messages messages;
    private final Pace pace;
    private final Tally tally;
    private final Clock clock;
    private final AtomicLong next = new AtomicLong();

    /**
     * How hard the server is pressed.
     *
     * @param batch messages a request
     * @param threads requests at a time
     */
    record Pace(int batch, int threads) {

        /** At half a kilobyte a message a full batch stays below what the server takes in one request. */
        static final int LARGEST_BATCH = 1000;

        static final int MOST_THREADS = 256;

        Pace {
            if (batch < 1 || batch > LARGEST_BATCH) {
                throw new IllegalArgumentException("a batch must have 1 to " + LARGEST_BATCH + " messages");
            }
            if (threads < 1 || threads > MOST_THREADS) {
                throw new IllegalArgumentException("the number of threads must be from 1 to " + MOST_THREADS);
            }
        }
    }

    Play(Caller server, Variants variants, Visitors visitors, Messages messages, Pace pace, Tally tally, Clock clock) {
        this.server = server;
        this.variants = variants;
        this.visitors = visitors;
        this.messages = messages;
        this.pace = pace;
        this.tally = tally;
        this.clock = clock;
    }

    /**
     * Plays the units 0 to {@code units - 1}.
     *
     * @throws SimulationException if the server stays out of reach or refuses
     */
    void play(long units) {
        ExecutorService threads = Executors.newFixedThreadPool(pace.threads());
        try {
            CompletionService<Void> parts = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < pace.threads(); i++) {
                parts.submit(() -> playPart(units));
            }
            for (int i = 0; i < pace.threads(); i++) {
                parts.take().get();
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof SimulationException told) {
                throw told;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SimulationException("the run was interrupted", interrupted);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The first part that fails ends the run: the others are interrupted. */
    private @Nullable Void playPart(long units) {
        List<ObjectNode> batch = new ArrayList<>();
        for (long unit = next.getAndIncrement(); unit < units; unit = next.getAndIncrement()) {
            for (ObjectNode message : playUnit(unit)) {
                batch.add(message);
                if (batch.size() == pace.batch()) {
                    send(batch);
                }
            }
            tally.unitDone();
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
        return null;
    }

    private List<ObjectNode> playUnit(long unit) {
        Optional<Arm> arm = variants.variant(messages.unitId(unit), visitors.attributes(unit));
        if (arm.isEmpty()) {
            tally.unitOutside();
            return List.of();
        }
        Visit visit = visitors.visit(unit, arm.get());
        if (visit.lost()) {
            tally.unitLost();
        }
        return messages.of(unit, arm.get(), visit);
    }

    private void send(List<ObjectNode> batch) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode list = body.putArray("batch");
        batch.forEach(list::add);
        body.put("sentAt", clock.instant().toString());
        tally.batchAnswered(server.post("/v1/batch", body).orFail());
        batch.clear();
    }
}
