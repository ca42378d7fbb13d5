package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * What the disk itself takes: 4 KB written into a file that has its space already, then synced. The cheapest durable write
 * there is, so the strictest to be compared with.
 */
final class SyncProbe {

    private static final int BLOCK = 4096;
    private static final int BLOCKS = 4096;

    private SyncProbe() {}

    static Latencies run(Path folder, Duration time) throws IOException {
        Path file = Files.createTempFile(folder, "sync-probe-", ".bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int block = 0; block < BLOCKS; block++) {
                write(channel, block);
            }
            channel.force(true);
            Latencies latencies = new Latencies();
            long end = System.nanoTime() + time.toNanos();
            for (int block = 0; System.nanoTime() < end; block++) {
                long start = System.nanoTime();
                write(channel, block % BLOCKS);
                channel.force(false);
                latencies.add(System.nanoTime() - start);
            }
            return Latencies.joined(List.of(latencies));
        } finally {
            Files.delete(file);
        }
    }

    private static void write(FileChannel channel, int block) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        while (bytes.hasRemaining()) {
            channel.write(bytes, (long) block * BLOCK + bytes.position());
        }
    }
}
