package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The messages of a request, the good ones apart from the bad.
 *
 * @param places where in the request each good message stood
 */
record Sorted(List<Message> good, List<Integer> places, List<Refusal> bad) {

    /**
     * The bad ones, and with them those that the log found under the id of another or was told to refuse; in their order in
     * the request.
     */
    List<Refusal> refused(List<Receipt> receipts) {
        List<Refusal> refused = new ArrayList<>(bad);
        for (int i = 0; i < receipts.size(); i++) {
            String messageId = good.get(i).messageId();
            if (receipts.get(i) == Receipt.CONFLICT) {
                refused.add(new Refusal(places.get(i), messageId, "/messageId", IdConflict.CODE, IdConflict.DETAIL));
            } else if (receipts.get(i) == Receipt.REFUSED) {
                refused.add(new Refusal(places.get(i), messageId, "", Unwanted.ERASED, Unwanted.ERASED_DETAIL));
            }
        }
        refused.sort(Comparator.comparingInt(Refusal::index));
        return refused;
    }
}
