package dev.microlift.server.eventlog;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keeps messages out that the log was told to refuse. Once it knows which, nothing is on its way any more that was looked
 * at before it knew.
 */
final class Screen {

    private final ReadWriteLock changing = new ReentrantReadWriteLock();
    private Predicate<Message> refused = message -> false;

    /** Refuses these from now on. */
    void refuse(Predicate<Message> messages) {
        changing.writeLock().lock();
        try {
            refused = messages;
        } finally {
            changing.writeLock().unlock();
        }
    }

    /** Hands on what is not refused, and gives the receipts of all in their order. */
    CompletionStage<List<Receipt>> pass(
            List<Message> messages, Function<List<Message>, CompletionStage<List<Receipt>>> taker) {
        changing.readLock().lock();
        try {
            BitSet out = new BitSet();
            for (int i = 0; i < messages.size(); i++) {
                if (refused.test(messages.get(i))) {
                    out.set(i);
                }
            }
            if (out.isEmpty()) {
                return taker.apply(messages);
            }
            List<Message> taken = new ArrayList<>(messages.size() - out.cardinality());
            for (int i = out.nextClearBit(0); i < messages.size(); i = out.nextClearBit(i + 1)) {
                taken.add(messages.get(i));
            }
            return taker.apply(taken).thenApply(receipts -> withRefused(receipts, out));
        } finally {
            changing.readLock().unlock();
        }
    }

    private static List<Receipt> withRefused(List<Receipt> receipts, BitSet refused) {
        List<Receipt> all = new ArrayList<>(receipts);
        for (int i = refused.nextSetBit(0); i >= 0; i = refused.nextSetBit(i + 1)) {
            all.add(i, Receipt.REFUSED);
        }
        return all;
    }
}
