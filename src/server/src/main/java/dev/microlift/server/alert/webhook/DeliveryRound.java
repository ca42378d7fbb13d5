package dev.microlift.server.alert.webhook;

import dev.microlift.server.alert.webhook.Deliveries.Due;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends what is due. Several nodes may; each message is taken by one. */
@ApplicationScoped
class DeliveryRound {

    private static final int AT_ONCE = 20;

    private final Deliveries deliveries;
    private final Sender sender;

    DeliveryRound(Deliveries deliveries, Sender sender) {
        this.deliveries = deliveries;
        this.sender = sender;
    }

    @Scheduled(
            every = "2s",
            delayed = "2s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void deliver() {
        List<Due> due = deliveries.take(AT_ONCE);
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        due.forEach(delivery -> outcomes.add(sender.send(delivery)));
        for (int i = 0; i < due.size(); i++) {
            deliveries.finish(due.get(i), outcomes.get(i).join());
        }
    }

    @Scheduled(every = "1h", delayed = "10m", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void forget() {
        deliveries.forget();
    }
}
