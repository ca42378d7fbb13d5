package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request's messages.
 *
 * @param accepted how many are stored now
 * @param duplicates how many were stored before, by their id
 */
public record Outcome(boolean success, int accepted, int duplicates, List<Rejection> rejected) {

    public Outcome {
        rejected = List.copyOf(rejected);
    }

    /**
     * What is answered once the good messages are durable.
     *
     * @param good the messages that were appended, with where each stood in the request and what became of it
     * @param rejected the others
     */
    static Outcome of(List<Message> good, List<Integer> places, List<Receipt> receipts, List<Rejection> rejected) {
        Tally tally = Tally.of(receipts);
        List<Rejection> all = new ArrayList<>(rejected);
        for (int i = 0; tally.conflicts() > 0 && i < receipts.size(); i++) {
            if (receipts.get(i) == Receipt.CONFLICT) {
                String messageId = good.get(i).messageId();
                all.add(new Rejection(places.get(i), messageId, IdConflict.CODE, IdConflict.DETAIL));
            }
        }
        all.sort(Comparator.comparingInt(Rejection::index));
        return new Outcome(true, tally.accepted(), tally.duplicates(), all);
    }

    /**
     * A message that was not taken.
     *
     * @param index its place in the batch, from 0
     * @param messageId as it was sent; null if it has none that could be one
     * @param code stable kebab-case kind of mistake
     */
    public record Rejection(int index, @Nullable String messageId, String code, String detail) {}
}
