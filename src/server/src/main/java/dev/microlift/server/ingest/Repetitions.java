package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the log would answer to messages if it held nothing yet. */
final class Repetitions {

    private Repetitions() {}

    static List<Receipt> among(List<Message> messages) {
        Map<String, Integer> contents = new HashMap<>();
        return messages.stream()
                .map(message -> {
                    Integer before = contents.putIfAbsent(message.messageId(), message.content());
                    if (before == null) {
                        return Receipt.STORED;
                    }
                    return before == message.content() ? Receipt.DUPLICATE : Receipt.CONFLICT;
                })
                .toList();
    }
}
