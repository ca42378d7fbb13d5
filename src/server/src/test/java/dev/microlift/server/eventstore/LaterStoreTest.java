package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.eventlog.MemoryEventLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaterStoreTest {

    /**
     * What the database multiplies each 8 bytes of a block with; the exclusive or of all is the block's checksum, which
     * stands before them.
     */
    private static final long CHECKSUM_FACTOR = 0xbf58476d1ce4e5b9L;

    @TempDir
    Path directory;

    private final MemoryEventLog log = new MemoryEventLog();

    @Test
    void aFileOfALaterStorageVersionIsRefusedWithTheVersionsAndTheWayOutAndStaysAsItIs() throws IOException {
        log.append(track("a"));
        StoreForTests.open(directory, log, Clock.systemUTC()).close();
        Path file = directory.resolve("events.duckdb");
        setStorageVersion(file, 9999);
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> StoreForTests.open(directory, log, Clock.systemUTC()))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("9999")
                .hasMessageContaining("of a later release")
                .hasMessageContaining("rebuild-store");
        assertThat(file).hasBinaryContent(before);
    }

    /** The first block: 8 bytes of checksum, the letters DUCK, the version. */
    private static void setStorageVersion(Path file, int version) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer head = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(head, 0);
            long before = head.getLong(8);
            head.putInt(12, version);
            head.putLong(0, head.getLong(0) ^ before * CHECKSUM_FACTOR ^ head.getLong(8) * CHECKSUM_FACTOR);
            channel.write(head.rewind(), 0);
        }
    }
}
