package dev.microlift.server.eventlog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Some ids with their contents, in memory beside the heap, always in the order of the ids: an id stands at the place that
 * its first bits name, or not far behind it. So looking one up touches one line of memory, and all of them can be written
 * out in order without sorting.
 *
 * <p>The id of nothing but zeros marks an empty place; nobody finds a text that has it for a fingerprint.
 */
final class IdTable {

    /** No content: contents are 32 bits. */
    static final long ABSENT = Long.MIN_VALUE;

    private static final int SLOT_BYTES = 2 * Long.BYTES + Integer.BYTES;

    /** Ids that stand behind their place do so by a few slots; the last ones need some too. */
    private static final int SLACK = 1024;

    private final ByteBuffer slots;
    private final int bits;
    private int size;

    /** @param bits how many ids have a place of their own, as a power of two; a table is crowded long before it is full */
    IdTable(int bits) {
        this.bits = bits;
        this.slots =
                ByteBuffer.allocateDirect(((1 << bits) + SLACK) * SLOT_BYTES).order(ByteOrder.nativeOrder());
    }

    /** Bytes of a table. */
    static long bytes(int bits) {
        return ((1L << bits) + SLACK) * SLOT_BYTES;
    }

    /** Takes what is done with each id, in their order. */
    interface Visitor<E extends Exception> {

        /** Is told an id and its content. */
        void visit(long high, long low, int content) throws E;
    }

    int size() {
        return size;
    }

    /** Brings the place of an id near; what it gives means nothing. */
    long fetch(long high) {
        return high(home(high));
    }

    /** The content of an id; {@link #ABSENT} if it is not here. */
    long find(long high, long low) {
        int at = place(high, low);
        return isAt(at, high, low) ? content(at) : ABSENT;
    }

    /** Adds an id that is not here. */
    void add(long high, long low, int content) {
        int at = place(high, low);
        int end = at;
        while (!isEmpty(end)) {
            end++;
        }
        if (end == (1 << bits) + SLACK - 1) {
            throw new IllegalStateException("too many ids for their table");
        }
        slots.put((at + 1) * SLOT_BYTES, slots, at * SLOT_BYTES, (end - at) * SLOT_BYTES);
        set(at, high, low, content);
        size++;
    }

    /** Takes an id out that is here. */
    void remove(long high, long low) {
        int at = place(high, low);
        int end = at + 1;
        while (!isEmpty(end) && home(high(end)) < end) {
            end++;
        }
        slots.put(at * SLOT_BYTES, slots, (at + 1) * SLOT_BYTES, (end - at - 1) * SLOT_BYTES);
        set(end - 1, 0, 0, 0);
        size--;
    }

    /** Goes through all ids. */
    <E extends Exception> void forEach(Visitor<E> visitor) throws E {
        int left = size;
        for (int at = 0; left > 0; at++) {
            if (!isEmpty(at)) {
                visitor.visit(high(at), low(at), content(at));
                left--;
            }
        }
    }

    void clear() {
        byte[] zeros = new byte[SLOT_BYTES * SLACK];
        for (int at = 0; at < slots.capacity(); at += zeros.length) {
            slots.put(at, zeros, 0, Math.min(zeros.length, slots.capacity() - at));
        }
        size = 0;
    }

    /** Where an id stands, or where it would. */
    private int place(long high, long low) {
        int at = home(high);
        while (!isEmpty(at) && isBefore(at, high, low)) {
            at++;
        }
        return at;
    }

    private int home(long high) {
        return (int) (high >>> Long.SIZE - bits);
    }

    private boolean isBefore(int at, long high, long low) {
        int order = Long.compareUnsigned(high(at), high);
        return order < 0 || order == 0 && Long.compareUnsigned(low(at), low) < 0;
    }

    private boolean isAt(int at, long high, long low) {
        return high(at) == high && low(at) == low;
    }

    private boolean isEmpty(int at) {
        return isAt(at, 0, 0);
    }

    private long high(int at) {
        return slots.getLong(at * SLOT_BYTES);
    }

    private long low(int at) {
        return slots.getLong(at * SLOT_BYTES + Long.BYTES);
    }

    private int content(int at) {
        return slots.getInt(at * SLOT_BYTES + 2 * Long.BYTES);
    }

    private void set(int at, long high, long low, int content) {
        slots.putLong(at * SLOT_BYTES, high)
                .putLong(at * SLOT_BYTES + Long.BYTES, low)
                .putInt(at * SLOT_BYTES + 2 * Long.BYTES, content);
    }
}
