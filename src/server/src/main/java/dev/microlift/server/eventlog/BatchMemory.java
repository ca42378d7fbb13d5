package dev.microlift.server.eventlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the frames of one batch are read to: memory outside the heap, used again for each batch. Tens of megabytes that
 * live for half a second would otherwise be copied by every collection of the young generation, while everybody waits.
 */
final class BatchMemory {

    private static final int PAGE_BYTES = 1 << 20;

    private final int mostPages;
    private final List<ByteBuffer> pages = new ArrayList<>();
    private int present;

    /** @param mostBytes about as much is kept; what is taken beyond comes from the heap */
    BatchMemory(long mostBytes) {
        this.mostPages = Math.toIntExact(mostBytes / PAGE_BYTES);
    }

    /** Memory that is good until everything is {@linkplain #takeBack taken back}. */
    ByteBuffer take(int bytes) {
        if (present < pages.size() && pages.get(present).remaining() < bytes) {
            present++;
        }
        if (bytes > PAGE_BYTES || present == mostPages) {
            return ByteBuffer.allocate(bytes);
        }
        if (present == pages.size()) {
            pages.add(ByteBuffer.allocateDirect(PAGE_BYTES));
        }
        ByteBuffer page = pages.get(present);
        ByteBuffer taken = page.slice(page.position(), bytes);
        page.position(page.position() + bytes);
        return taken;
    }

    /** Nobody reads what was taken any more. */
    void takeBack() {
        pages.forEach(ByteBuffer::clear);
        present = 0;
    }
}
