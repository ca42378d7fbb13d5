package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Message;
import java.util.List;

/**
 * The messages of a request, the good ones apart from the bad.
 *
 * @param places where in the request each good message stood
 */
record Sorted(List<Message> good, List<Integer> places, List<Refusal> bad) {

    /** What has to be known of them once the good ones are with the log. */
    Waiting waiting() {
        return new Waiting(good.stream().map(Message::messageId).toList(), places, bad);
    }
}
