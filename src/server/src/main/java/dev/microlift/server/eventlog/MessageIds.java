package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.TtlDB;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Which message ids the log holds, and with what content, exactly, for a while.
 *
 * <p>An id costs about 30 bytes of disk (16 of fingerprint, 4 of content, 4 of age, the rest order) and, while it is being
 * looked up, 10 bits of filter in a cache of fixed size: memory does not grow with the number of ids. The index is derived
 * from the log and has no log of its own: what a crash took from it is read again from the position it remembers.
 *
 * <p>Ids are forgotten by age only when files are merged, and only twice as late as promised, so that neither a slow merge
 * nor a clock that is set by days makes a duplicate look new. Used by the log's writer alone.
 */
final class MessageIds implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MessageIds.class);
    private static final Duration KEPT = Duration.ofDays(2 * EventLog.DUPLICATE_DAYS);
    private static final long WRITE_BUFFER_BYTES = 16L << 20;
    private static final int FILTER_BITS_PER_ID = 10;
    private static final double FILTER_SHARE_OF_BUFFER = 0.1;

    /** One thread asks. In one of many small shards a file's filter would find no room, and every question go to disk. */
    private static final int ONE_SHARD = 0;

    /** Shorter than every fingerprint, so it is none. */
    private static final byte[] POSITION = {'p'};

    private final Options options;
    private final BloomFilter filter;
    private final LRUCache cache;
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final TtlDB index;

    private MessageIds(Options options, BloomFilter filter, LRUCache cache, TtlDB index) {
        this.options = options;
        this.filter = filter;
        this.cache = cache;
        this.index = index;
    }

    /**
     * Opens the index in a folder. One that is damaged is thrown away: it is derived.
     *
     * @param memoryBytes how much of it may be kept in memory
     */
    static MessageIds open(Path folder, long memoryBytes) throws IOException {
        try {
            Files.createDirectories(folder);
            return opened(folder, memoryBytes);
        } catch (RocksDBException damaged) {
            if (damaged.getStatus() == null || damaged.getStatus().getCode() != Status.Code.Corruption) {
                throw new IOException("the message ids in " + folder + " cannot be opened", damaged);
            }
            LOG.warnf("the message ids are damaged and are read from the log again: %s", damaged.getMessage());
            delete(folder);
            try {
                return opened(folder, memoryBytes);
            } catch (RocksDBException still) {
                throw new IOException("the message ids in " + folder + " cannot be opened", still);
            }
        }
    }

    @SuppressWarnings("resource") // all of it is closed with the index
    private static MessageIds opened(Path folder, long memoryBytes) throws RocksDBException {
        RocksDB.loadLibrary();
        LRUCache cache = new LRUCache(memoryBytes, ONE_SHARD);
        BloomFilter filter = new BloomFilter(FILTER_BITS_PER_ID);
        Options options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                // Most ids are new: a filter answers for those in memory too.
                .setMemtableWholeKeyFiltering(true)
                .setMemtablePrefixBloomSizeRatio(FILTER_SHARE_OF_BUFFER)
                .setTargetFileSizeBase(WRITE_BUFFER_BYTES)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setMaxBackgroundJobs(2)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(1)
                .setStatsDumpPeriodSec(0)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setFilterPolicy(filter)
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true));
        try {
            TtlDB index = TtlDB.open(options, folder.toString(), (int) KEPT.toSeconds(), false);
            return new MessageIds(options, filter, cache, index);
        } catch (RocksDBException failure) {
            options.close();
            filter.close();
            cache.close();
            throw failure;
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
        Files.createDirectories(folder);
    }

    /** Up to which position of the log all ids are known. */
    long position() throws IOException {
        try {
            byte[] position = index.get(POSITION);
            return position == null ? 0 : ByteBuffer.wrap(position).getLong();
        } catch (RocksDBException failure) {
            throw new IOException("the message ids cannot be read", failure);
        }
    }

    /** The contents of those of the messages whose ids are known, by id. */
    Map<Fingerprint, Integer> known(List<EncodedMessage> messages) throws IOException {
        if (messages.isEmpty()) {
            return Map.of();
        }
        List<byte[]> keys = new ArrayList<>(messages.size());
        for (EncodedMessage message : messages) {
            keys.add(message.id().bytes());
        }
        try {
            List<byte[]> found = index.multiGetAsList(keys);
            Map<Fingerprint, Integer> known = new HashMap<>();
            for (int i = 0; i < found.size(); i++) {
                if (found.get(i) != null) {
                    known.put(
                            messages.get(i).id(), ByteBuffer.wrap(found.get(i)).getInt());
                }
            }
            return known;
        } catch (RocksDBException failure) {
            throw new IOException("the message ids cannot be read", failure);
        }
    }

    /**
     * Remembers the ids of messages.
     *
     * @param position of the last one
     */
    void add(List<EncodedMessage> messages, long position) throws IOException {
        try (WriteBatch batch = new WriteBatch()) {
            for (EncodedMessage message : messages) {
                batch.put(
                        message.id().bytes(),
                        ByteBuffer.allocate(Integer.BYTES)
                                .putInt(message.content())
                                .array());
            }
            batch.put(
                    POSITION, ByteBuffer.allocate(Long.BYTES).putLong(position).array());
            index.write(unlogged, batch);
        } catch (RocksDBException failure) {
            throw new IOException("the message ids cannot be remembered", failure);
        }
    }

    @Override
    public void close() {
        index.close();
        unlogged.close();
        options.close();
        filter.close();
        cache.close();
    }
}
