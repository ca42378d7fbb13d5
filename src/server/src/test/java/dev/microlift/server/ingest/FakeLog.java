package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log in memory that keeps the promises of the interface but the one about crashes. */
final class FakeLog implements EventLog {

    /** What is added to the content of every message that comes in, to tell sample messages apart. */
    int content;

    private final Map<String, Integer> contents = new HashMap<>();
    private final List<Message> stored = new ArrayList<>();

    @Override
    public CompletionStage<List<Receipt>> append(List<Message> messages) {
        return CompletableFuture.completedFuture(
                messages.stream().map(this::keep).toList());
    }

    List<Message> stored() {
        return stored;
    }

    private Receipt keep(Message message) {
        Integer before = contents.putIfAbsent(message.messageId(), message.content() + content);
        if (before == null) {
            stored.add(message);
            return Receipt.STORED;
        }
        return before == message.content() + content ? Receipt.DUPLICATE : Receipt.CONFLICT;
    }
}
