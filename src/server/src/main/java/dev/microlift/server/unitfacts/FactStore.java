package dev.microlift.server.unitfacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Facts on disk: for each unit of a fact that it holds, or how much is there already of what its threshold wants.
 *
 * <p>A unit costs about 20 bytes of disk; memory is a cache and write buffers of fixed size. Writes go through the index'
 * own log without a sync: a killed process loses nothing, a lost machine a moment, which is read from the event log again,
 * for the position is written in one piece with the facts. Safe for use by many threads.
 */
final class FactStore implements AutoCloseable {

    private static final long CACHE_BYTES = 16L << 20;
    private static final long WRITE_BUFFER_BYTES = 4L << 20;
    private static final int FILTER_BITS_PER_UNIT = 10;

    private static final byte[] POSITION = {'p'};
    private static final byte COLLECTED = 'c';
    private static final byte UNIT = 'u';
    private static final byte[] HOLDS = {};

    private final LRUCache cache = new LRUCache(CACHE_BYTES);
    private final BloomFilter filter = new BloomFilter(FILTER_BITS_PER_UNIT);
    private final WriteOptions writing = new WriteOptions();
    private final Options options;
    private final RocksDB index;

    /** Closing waits for whoever reads: the index is native, and gone is gone. */
    private final ReadWriteLock open = new ReentrantReadWriteLock();

    private boolean closed;

    private FactStore(Path folder) throws RocksDBException {
        options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setTargetFileSizeBase(WRITE_BUFFER_BYTES)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(1)
                .setStatsDumpPeriodSec(0)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setFilterPolicy(filter)
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true));
        index = RocksDB.open(options, folder.toString());
    }

    /** Opens the facts in a folder, making it if it is absent. */
    static FactStore open(Path folder) {
        RocksDB.loadLibrary();
        try {
            Files.createDirectories(folder);
            return new FactStore(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (RocksDBException failure) {
            throw failed(
                    "the facts in " + folder + " cannot be opened. They are derived: if they are damaged, delete the"
                            + " folder",
                    failure);
        }
    }

    /** Up to which position of the event log the facts are complete. */
    long position() {
        byte[] position = get(POSITION);
        return position == null ? 0 : ByteBuffer.wrap(position).getLong();
    }

    /** Whether the fact holds for the unit. */
    boolean holds(FactId fact, long unit) {
        byte[] value = get(key(fact, unit));
        return value != null && value.length == 0;
    }

    /** How much of what the threshold wants is there; 0 for nothing, infinite when the fact holds. */
    double amount(FactId fact, long unit) {
        byte[] value = get(key(fact, unit));
        if (value == null) {
            return 0;
        }
        return value.length == 0
                ? Double.POSITIVE_INFINITY
                : ByteBuffer.wrap(value).getDouble();
    }

    /** The facts whose past was collected. */
    Set<FactId> collected() {
        open.readLock().lock();
        try (RocksIterator entries = index.newIterator()) {
            Set<FactId> facts = new HashSet<>();
            for (entries.seek(new byte[] {COLLECTED}); entries.isValid(); entries.next()) {
                ByteBuffer key = ByteBuffer.wrap(entries.key());
                if (key.get() != COLLECTED) {
                    break;
                }
                facts.add(new FactId(key.getLong()));
            }
            return facts;
        } finally {
            open.readLock().unlock();
        }
    }

    /** Notes that the past of a fact is in. */
    void collected(FactId fact) {
        write(batch -> batch.put(key(COLLECTED, fact), HOLDS));
    }

    /** Removes all of a fact. */
    void forget(FactId fact) {
        write(batch -> {
            batch.delete(key(COLLECTED, fact));
            // No unit's key has a byte more, so this is behind the last one.
            batch.deleteRange(
                    key(UNIT, fact),
                    ByteBuffer.allocate(2 + Long.BYTES + Long.BYTES)
                            .put(UNIT)
                            .putLong(fact.bits())
                            .putLong(-1)
                            .put(UNIT)
                            .array());
        });
    }

    /** Removes a unit from facts, and writes the files anew in which it stood. */
    void erase(Set<FactId> facts, long unit) {
        write(batch -> {
            for (FactId fact : facts) {
                batch.delete(key(fact, unit));
            }
        });
        open.readLock().lock();
        try (CompactRangeOptions all = new CompactRangeOptions()
                .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            if (!closed) {
                index.compactRange(index.getDefaultColumnFamily(), null, null, all);
            }
        } catch (RocksDBException failure) {
            throw failed("facts cannot be erased", failure);
        } finally {
            open.readLock().unlock();
        }
    }

    /** Changes to be written in one piece. */
    interface Changes {
        void addTo(WriteBatch batch) throws RocksDBException;
    }

    void write(Changes changes) {
        open.readLock().lock();
        try (WriteBatch batch = new WriteBatch()) {
            if (!closed) {
                changes.addTo(batch);
                index.write(writing, batch);
            }
        } catch (RocksDBException failure) {
            throw failed("facts cannot be written", failure);
        } finally {
            open.readLock().unlock();
        }
    }

    static void putPosition(WriteBatch batch, long position) throws RocksDBException {
        batch.put(POSITION, ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    }

    /** @param amount infinite when the fact holds */
    static void putAmount(WriteBatch batch, FactId fact, long unit, double amount) throws RocksDBException {
        byte[] value = amount == Double.POSITIVE_INFINITY
                ? HOLDS
                : ByteBuffer.allocate(Double.BYTES).putDouble(amount).array();
        batch.put(key(fact, unit), value);
    }

    private byte @Nullable [] get(byte[] key) {
        open.readLock().lock();
        try {
            return closed ? null : index.get(key);
        } catch (RocksDBException failure) {
            throw failed("facts cannot be read", failure);
        } finally {
            open.readLock().unlock();
        }
    }

    private static UncheckedIOException failed(String what, RocksDBException why) {
        return new UncheckedIOException(new IOException(what, why));
    }

    private static byte[] key(byte kind, FactId fact) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(kind)
                .putLong(fact.bits())
                .array();
    }

    private static byte[] key(FactId fact, long unit) {
        return ByteBuffer.allocate(1 + Long.BYTES + Long.BYTES)
                .put(UNIT)
                .putLong(fact.bits())
                .putLong(unit)
                .array();
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                index.close();
                options.close();
                writing.close();
                filter.close();
                cache.close();
            }
        } finally {
            open.writeLock().unlock();
        }
    }
}
