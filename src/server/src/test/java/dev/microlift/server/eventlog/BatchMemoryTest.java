package dev.microlift.server.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchMemoryTest {

    private static final int MEGABYTE = 1 << 20;

    private final BatchMemory memory = new BatchMemory(2 * MEGABYTE);

    private List<ByteBuffer> take(int count, int bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> memory.take(bytes).putInt(0, i))
                .toList();
    }

    private static void assertUntouched(List<ByteBuffer> taken) {
        assertThat(taken)
                .extracting(buffer -> buffer.getInt(0))
                .isEqualTo(IntStream.range(0, taken.size()).boxed().toList());
    }

    @Test
    void whatIsTakenIsOutsideTheHeapAndOnesOwn() {
        List<ByteBuffer> taken = take(10, MEGABYTE / 6);

        assertThat(taken)
                .allMatch(ByteBuffer::isDirect)
                .extracting(ByteBuffer::remaining)
                .containsOnly(MEGABYTE / 6);
        assertUntouched(taken);
    }

    @Test
    void moreThanIsKeptComesFromTheHeap() {
        List<ByteBuffer> taken = take(6, MEGABYTE / 2);

        assertThat(taken.subList(0, 4)).allMatch(ByteBuffer::isDirect);
        assertThat(taken.subList(4, 6)).noneMatch(ByteBuffer::isDirect);
        assertUntouched(taken);
    }

    @Test
    void whatFitsNoPageComesFromTheHeapAndTheRestGoesOn() {
        assertThat(memory.take(MEGABYTE + 1).isDirect()).isFalse();
        assertThat(memory.take(MEGABYTE).isDirect()).isTrue();
    }

    @Test
    void whatIsTakenBackIsGivenAgain() {
        take(4, MEGABYTE / 2);
        memory.takeBack();

        assertThat(take(4, MEGABYTE / 2)).allMatch(ByteBuffer::isDirect);
    }
}
