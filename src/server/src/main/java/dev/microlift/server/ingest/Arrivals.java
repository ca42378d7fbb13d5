package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * What is counted of messages once they are durable, kept apart from what else they say.
 *
 * @param exposures those of them that are exposures
 * @param bots how many were sent by known robots
 */
record Arrivals(List<Shown> exposures, long bots) {

    /**
     * An exposure.
     *
     * @param message which of the messages it is
     */
    record Shown(int message, Exposure exposure) {}

    static Arrivals of(List<Message> messages) {
        List<Shown> exposures = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Exposure exposure = messages.get(i).exposure();
            if (exposure != null) {
                exposures.add(new Shown(i, exposure));
            }
        }
        return new Arrivals(exposures, messages.stream().filter(Message::bot).count());
    }
}
