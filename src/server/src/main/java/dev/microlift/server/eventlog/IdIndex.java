package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.Env;
import org.rocksdb.EnvOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.Priority;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileWriter;
import org.rocksdb.Status;
import org.rocksdb.TtlDB;
import org.rocksdb.WriteOptions;

/**
 * Message ids and their contents on disk. An id costs about 30 bytes (16 of fingerprint, 4 of content, 4 of age, the rest
 * order and filters). Tables are added as finished files, which is a third of the work of adding ids one by one.
 *
 * <p>Ids are forgotten by age only when files are merged, and only twice as late as promised, so that neither a slow merge
 * nor a clock that is set by days makes a duplicate look new. One thread adds; another may look up meanwhile.
 */
final class IdIndex implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(IdIndex.class);
    private static final Duration KEPT = Duration.ofDays(2 * EventLog.DUPLICATE_DAYS);
    private static final long WRITE_BUFFER_BYTES = 1L << 20;
    private static final long FILE_BYTES = 64L << 20;

    /** Most ids are looked up in memory alone, so that many files cost less than merging them often. */
    private static final int FILES_BEFORE_MERGE = 64;

    private static final int FILTER_BITS_PER_ID = 10;

    /** Filters are read in parts of this size: a merged file's whole filter is larger than the memory for all of them. */
    private static final int FILTER_PART_BYTES = 4 << 10;

    /** One thread asks. */
    private static final int ONE_SHARD = 0;

    /** Shorter than every fingerprint, so it is none. */
    private static final byte[] POSITION = {'p'};

    private static final String UNFINISHED = "ids.unfinished";
    private static final int ID_BYTES = 16;

    /** The library takes an entry for damaged that is older than this feature of it. */
    private static final long OLDEST_SECOND = 1_400_000_000;

    private final Path folder;
    private final Clock clock;
    private final Options options;
    private final BloomFilter filter;
    private final LRUCache cache;
    private final TtlDB files;

    private IdIndex(Path folder, Clock clock, Options options, BloomFilter filter, LRUCache cache, TtlDB files) {
        this.folder = folder;
        this.clock = clock;
        this.options = options;
        this.filter = filter;
        this.cache = cache;
        this.files = files;
    }

    /** Opens the index in a folder. One that is damaged is thrown away: it is derived. */
    static IdIndex open(Path folder, long cacheBytes, Clock clock) throws IOException {
        try {
            Files.createDirectories(folder);
            return opened(folder, cacheBytes, clock);
        } catch (RocksDBException damaged) {
            if (damaged.getStatus() == null || damaged.getStatus().getCode() != Status.Code.Corruption) {
                throw new IOException("the message ids in " + folder + " cannot be opened", damaged);
            }
            LOG.warnf("the message ids are damaged and are read from the log again: %s", damaged.getMessage());
            Folders.delete(folder);
            Files.createDirectories(folder);
            try {
                return opened(folder, cacheBytes, clock);
            } catch (RocksDBException still) {
                throw new IOException("the message ids in " + folder + " cannot be opened", still);
            }
        }
    }

    @SuppressWarnings("resource") // all of it is closed with the index
    private static IdIndex opened(Path folder, long cacheBytes, Clock clock) throws RocksDBException {
        RocksDB.loadLibrary();
        // Merging files can wait, senders cannot.
        Env.getDefault().lowerThreadPoolCPUPriority(Priority.LOW);
        LRUCache cache = new LRUCache(cacheBytes, ONE_SHARD);
        BloomFilter filter = new BloomFilter(FILTER_BITS_PER_ID);
        Options options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setTargetFileSizeBase(FILE_BYTES)
                // Files of like size are merged, so that an id is written a few times over, not once for each new file.
                .setCompactionStyle(CompactionStyle.UNIVERSAL)
                .setLevel0FileNumCompactionTrigger(FILES_BEFORE_MERGE)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setMaxBackgroundJobs(2)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(1)
                .setStatsDumpPeriodSec(0)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setFilterPolicy(filter)
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                        .setPartitionFilters(true)
                        .setMetadataBlockSize(FILTER_PART_BYTES));
        try {
            TtlDB files = TtlDB.open(options, folder.toString(), (int) KEPT.toSeconds(), false);
            return new IdIndex(folder, clock, options, filter, cache, files);
        } catch (RocksDBException failure) {
            options.close();
            filter.close();
            cache.close();
            throw failure;
        }
    }

    /** Up to which position of the log it has all ids. */
    long position() throws IOException {
        try {
            byte[] position = files.get(POSITION);
            return position == null ? 0 : ByteBuffer.wrap(position).getLong();
        } catch (RocksDBException failure) {
            throw new IOException("the message ids cannot be read", failure);
        }
    }

    /** The content of an id; {@link IdTable#ABSENT} if it is not here. */
    long find(long high, long low) throws IOException {
        try {
            byte[] content = files.get(
                    ByteBuffer.allocate(ID_BYTES).putLong(high).putLong(low).array());
            return content == null ? IdTable.ABSENT : ByteBuffer.wrap(content).getInt();
        } catch (RocksDBException failure) {
            throw new IOException("the message ids cannot be read", failure);
        }
    }

    /**
     * Adds the ids of a table, and with them up to which position of the log all are known: both, or neither.
     *
     * @throws IOException if they cannot be written
     */
    void add(IdTable table, long position) throws IOException {
        Path file = folder.resolve(UNFINISHED);
        try (EnvOptions environment = new EnvOptions();
                SstFileWriter writer = new SstFileWriter(environment, options);
                IngestExternalFileOptions ingestion = new IngestExternalFileOptions().setMoveFiles(true)) {
            Files.deleteIfExists(file);
            writer.open(file.toString());
            Entries entries = new Entries(writer, position, clock.instant().getEpochSecond());
            table.forEach(entries::put);
            entries.finish();
            writer.finish();
            files.ingestExternalFile(List.of(file.toString()), ingestion);
        } catch (RocksDBException failure) {
            throw new IOException("the message ids cannot be written", failure);
        }
    }

    /** Writes entries in the order of their keys, the position at its place among them. */
    private static final class Entries {
        private final SstFileWriter writer;
        private final ByteBuffer key = ByteBuffer.allocateDirect(ID_BYTES);
        private final ByteBuffer value = ByteBuffer.allocateDirect(Long.BYTES + Integer.BYTES);
        private final long position;

        /** As the library itself would append it: in reverse order of bytes. */
        private final int age;

        private boolean hasPosition;

        Entries(SstFileWriter writer, long position, long second) {
            this.writer = writer;
            this.position = position;
            this.age = Integer.reverseBytes((int) Math.max(OLDEST_SECOND, second));
        }

        void put(long high, long low, int content) throws RocksDBException {
            if (!hasPosition && high >>> Long.SIZE - Byte.SIZE >= POSITION[0]) {
                putPosition();
            }
            key.clear().putLong(high).putLong(low).flip();
            value.clear().putInt(content).putInt(age).flip();
            writer.put(key, value);
        }

        void finish() throws RocksDBException {
            if (!hasPosition) {
                putPosition();
            }
        }

        private void putPosition() throws RocksDBException {
            key.clear().put(POSITION).flip();
            value.clear().putLong(position).putInt(age).flip();
            writer.put(key, value);
            hasPosition = true;
        }
    }

    /** Removes ids, and writes the files anew in which they stood. */
    void erase(FingerprintList erased) throws IOException {
        try (WriteOptions durably = new WriteOptions().setSync(true);
                CompactRangeOptions all = new CompactRangeOptions()
                        .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            for (int i = 0; i < erased.size(); i++) {
                files.delete(
                        durably,
                        ByteBuffer.allocate(ID_BYTES)
                                .putLong(erased.high(i))
                                .putLong(erased.low(i))
                                .array());
            }
            files.compactRange(files.getDefaultColumnFamily(), null, null, all);
        } catch (RocksDBException failure) {
            throw new IOException("the message ids cannot be erased", failure);
        }
    }

    /** Takes an id. */
    interface Visitor {

        /** Is told an id. */
        void visit(long high, long low);
    }

    /** Goes through all ids, until it is to stop; true if it came to the end. */
    boolean forEachId(Visitor visitor, BooleanSupplier stop) throws IOException {
        ByteBuffer key = ByteBuffer.allocateDirect(ID_BYTES).order(ByteOrder.BIG_ENDIAN);
        try (ReadOptions once = new ReadOptions().setFillCache(false);
                RocksIterator ids = files.newIterator(once)) {
            for (ids.seekToFirst(); ids.isValid() && !stop.getAsBoolean(); ids.next()) {
                key.clear();
                if (ids.key(key) == ID_BYTES) {
                    visitor.visit(key.getLong(0), key.getLong(Long.BYTES));
                }
            }
            ids.status();
            return !ids.isValid();
        } catch (RocksDBException failure) {
            throw new IOException("the message ids cannot be read", failure);
        }
    }

    @Override
    public void close() {
        files.close();
        options.close();
        filter.close();
        cache.close();
    }
}
