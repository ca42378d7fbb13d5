package dev.microlift.server.eventlog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tells of most ids that were never added that they were not: a Bloom filter in blocks of a line of memory, beside the
 * heap (Putze, Sanders and Singler, "Cache-, hash- and space-efficient Bloom filters", 2007). Of ids that it does not hold
 * it takes about one in eighty for one it holds at ten bits an id, and more the fuller it is; of one that it holds it
 * never says no. Several threads may add, each with an {@link Adder} of its own.
 */
final class IdFilter {

    private static final VarHandle WORDS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int BLOCK_BYTES = 64;
    private static final int BITS_PER_ID = 7;
    private static final int PLACE_BITS = 9;

    private final ByteBuffer bits;
    private final int blocks;

    IdFilter(long bytes) {
        this.blocks = (int) Math.max(1, bytes / BLOCK_BYTES);
        this.bits = ByteBuffer.allocateDirect((blocks + 1) * BLOCK_BYTES).alignedSlice(BLOCK_BYTES);
    }

    /** Brings what an id looks at near; what it gives means nothing. */
    long fetch(long low) {
        return (long) WORDS.getOpaque(bits, block(low));
    }

    /** Adds many ids, some at a time, so that the waits for memory overlap. For one thread. */
    final class Adder {
        private static final int AT_ONCE = 128;

        private final long[] highs = new long[AT_ONCE];
        private final long[] lows = new long[AT_ONCE];
        private int size;

        /** Means nothing; what nobody keeps would not be fetched. */
        @SuppressWarnings("UnusedVariable")
        private long fetched;

        /** Adds an id, now or with those that follow. */
        void add(long high, long low) {
            highs[size] = high;
            lows[size] = low;
            size++;
            if (size == AT_ONCE) {
                finish();
            }
        }

        /** Adds what is not added yet. */
        void finish() {
            for (int i = 0; i < size; i++) {
                fetched += fetch(lows[i]);
            }
            for (int i = 0; i < size; i++) {
                set(highs[i], lows[i]);
            }
            size = 0;
        }
    }

    private void set(long high, long low) {
        int block = block(low);
        long places = high;
        for (int i = 0; i < BITS_PER_ID; i++, places >>>= PLACE_BITS) {
            int at = word(block, places);
            long before = (long) WORDS.getOpaque(bits, at);
            if ((before | 1L << places) != before) {
                long ignored = (long) WORDS.getAndBitwiseOr(bits, at, 1L << places);
            }
        }
    }

    /** False for an id that was never added. */
    boolean mayHold(long high, long low) {
        int block = block(low);
        long places = high;
        for (int i = 0; i < BITS_PER_ID; i++, places >>>= PLACE_BITS) {
            if (((long) WORDS.getOpaque(bits, word(block, places)) & 1L << places) == 0) {
                return false;
            }
        }
        return true;
    }

    private int block(long low) {
        return (int) Long.remainderUnsigned(low, blocks) * BLOCK_BYTES;
    }

    /** The word in which the bit stands that the last nine bits name; the last six of them name the bit in it. */
    private static int word(int block, long places) {
        return block + ((int) (places >>> 6) & 7) * Long.BYTES;
    }
}
