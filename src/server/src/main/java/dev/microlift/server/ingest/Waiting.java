package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Receipt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is kept of a request's messages until the log tells what became of them. It is little, for many requests may wait.
 *
 * @param messageIds the ids of the good ones
 * @param places where in the request each good one stood
 */
record Waiting(List<String> messageIds, List<Integer> places, List<Refusal> bad) {

    /**
     * The bad ones, and with them those that the log found under the id of another or was told to refuse; in their order in
     * the request.
     */
    List<Refusal> refused(List<Receipt> receipts) {
        List<Refusal> refused = new ArrayList<>(bad);
        for (int i = 0; i < receipts.size(); i++) {
            int place = places.get(i);
            String messageId = messageIds.get(i);
            if (receipts.get(i) == Receipt.CONFLICT) {
                refused.add(new Refusal(place, messageId, "/messageId", IdConflict.CODE, IdConflict.DETAIL));
            } else if (receipts.get(i) == Receipt.REFUSED) {
                refused.add(new Refusal(place, messageId, "", Unwanted.ERASED, Unwanted.ERASED_DETAIL));
            }
        }
        refused.sort(Comparator.comparingInt(Refusal::index));
        return refused;
    }
}
