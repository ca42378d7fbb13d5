package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.DiskSync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** One open database file. It belongs to this process alone for as long as it is open. */
final class DuckDb implements AutoCloseable {

    static final String FILE = "events.duckdb";

    /** The oldest release that may read the file, so that a downgrade of the server finds its data. */
    private static final String STORAGE_VERSION = "v1.4.0";

    private final Path directory;
    private final EventStoreSettings settings;
    private final FreeSpace space;
    private final ReentrantLock writing = new ReentrantLock();

    /** Whoever uses the file holds it for reading; fair, for questions never end. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock(true);

    private final LoggedMessages logged = new LoggedMessages();
    private volatile DuckDBConnection root;
    private volatile Threads threads;

    /** What makes the views that are not there; for a moment only, while the file is written anew. */
    private volatile @Nullable Views missing;

    private DuckDb(Path directory, EventStoreSettings settings, FreeSpace space) throws SQLException {
        this.directory = directory;
        this.settings = settings;
        this.space = space;
        this.root = open();
        this.threads = Threads.of(this::connect);
    }

    /** Opens the file in a directory, making it and its tables if they are absent; what is sealed is not in view yet. */
    static DuckDb open(Path directory, EventStoreSettings settings) throws SQLException {
        return open(directory, settings, () -> true);
    }

    /**
     * The same.
     *
     * @param space is asked before the file is written anew
     */
    static DuckDb open(Path directory, EventStoreSettings settings, FreeSpace space) throws SQLException {
        return new DuckDb(directory, settings, space);
    }

    private DuckDBConnection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("storage_compatibility_version", STORAGE_VERSION);
        properties.setProperty("memory_limit", settings.memoryLimit());
        properties.setProperty("checkpoint_threshold", settings.checkpointThreshold());
        properties.setProperty("temp_directory", spill(directory).toString());
        // Nothing is fetched from anywhere: what is needed is in the library.
        properties.setProperty("autoinstall_known_extensions", "false");
        settings.threads()
                .ifPresent(threads -> properties.setProperty("threads", Integer.toString(Math.max(1, threads))));
        // Not through DriverManager: which drivers it knows depends on who asked it first.
        DuckDBConnection root = new DuckDBDriver()
                .connect("jdbc:duckdb:" + directory.resolve(FILE), properties)
                .unwrap(DuckDBConnection.class);
        try (Statement statement = root.createStatement()) {
            statement.execute(StoreSql.file("events.sql"));
            logged.register(root);
            // In memory and compressed, spilling to disk like everything else: it is never written to the file, so that
            // it neither waits for the loader nor holds it up.
            statement.execute("ATTACH ':memory:' AS derived (COMPRESS)");
        } catch (SQLException | RuntimeException failure) {
            root.close();
            throw failure;
        }
        return root;
    }

    /**
     * Opens the file anew if it can be used no more: a checkpoint that meets a full disk makes the open database useless
     * for good, though nothing in the file is lost. Waits for the questions that are being asked, whose connections would
     * keep the useless one open.
     */
    void recover() throws SQLException {
        if (isUsable()) {
            return;
        }
        use.writeLock().lock();
        writing.lock();
        try {
            recoverNow();
        } finally {
            writing.unlock();
            use.writeLock().unlock();
        }
    }

    private void recoverNow() throws SQLException {
        if (!answers()) {
            root.close();
            openAnew();
        }
        Views views = missing;
        if (views != null) {
            views.make();
            missing = null;
        }
    }

    private void openAnew() throws SQLException {
        root = open();
        threads = Threads.of(this::connect);
    }

    private boolean isUsable() {
        use.readLock().lock();
        try {
            return missing == null && answers();
        } finally {
            use.readLock().unlock();
        }
    }

    private boolean answers() {
        try (Statement probe = root.createStatement()) {
            return probe.execute("select position from loaded");
        } catch (SQLException useless) {
            return false;
        }
    }

    /** How much of the disk the database takes. */
    static long bytes(Path directory) {
        return size(directory.resolve(FILE)) + size(directory.resolve(FILE + ".wal"));
    }

    /** Through java.io: one that vanishes meanwhile has no size. */
    private static long size(Path file) {
        return file.toFile().length();
    }

    private static Path spill(Path directory) {
        try {
            return Files.createDirectories(directory.resolve("events-spill"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Another connection to the same database. Connections do not wait for each other. */
    DuckDBConnection connect() throws SQLException {
        return root.duplicate().unwrap(DuckDBConnection.class);
    }

    /** Leaves the work to the caller's thread, unless somebody asks something. */
    void workAlone() throws SQLException {
        use.readLock().lock();
        try {
            threads.rest();
        } finally {
            use.readLock().unlock();
        }
    }

    /** What inserts the messages of the log; for one change at a time. */
    LoggedMessages logged() {
        return logged;
    }

    /** Runs a question in a transaction that is always undone. */
    <T> T read(EventStore.Reader<T> reader) throws SQLException {
        return answer(() -> readNow(reader));
    }

    /** Gives an answer, and if the file is to blame that there is none, the next one will find it open again. */
    private <T> T answer(Answer<T> answer) throws SQLException {
        try {
            return answerNow(answer);
        } catch (SQLException failure) {
            recoverAfter(failure);
            throw failure;
        }
    }

    private void recoverAfter(SQLException failure) {
        // Whoever asks within a question or a change would wait for itself.
        if (use.getReadHoldCount() == 0 && !writing.isHeldByCurrentThread()) {
            try {
                recover();
            } catch (SQLException | RuntimeException stillUseless) {
                failure.addSuppressed(stillUseless);
            }
        }
    }

    /** Gives an answer the file for as long as it takes, and all threads. */
    private <T> T answerNow(Answer<T> answer) throws SQLException {
        use.readLock().lock();
        try {
            Threads answering = threads;
            answering.begin();
            try {
                return answer.get();
            } finally {
                answering.end();
            }
        } finally {
            use.readLock().unlock();
        }
    }

    private interface Answer<T> {
        T get() throws SQLException;
    }

    private <T> T readNow(EventStore.Reader<T> reader) throws SQLException {
        try (Connection connection = connect();
                Statement transaction = connection.createStatement()) {
            transaction.execute("BEGIN TRANSACTION");
            try {
                return reader.read(connection);
            } finally {
                transaction.execute("ROLLBACK");
            }
        }
    }

    /** Runs a question whose changes to the database of what is derived stay if it succeeds. */
    <T> T derive(EventStore.Reader<T> reader) throws SQLException {
        return answer(() -> deriveNow(reader));
    }

    private <T> T deriveNow(EventStore.Reader<T> reader) throws SQLException {
        try (DuckDBConnection connection = connect()) {
            return inTransaction(connection, any -> reader.read(connection));
        }
    }

    /** The same as {@link #write(DuckDBConnection, Change)}, over a connection of its own. */
    void write(Change change) throws SQLException {
        use.readLock().lock();
        try (DuckDBConnection connection = connect()) {
            write(connection, change);
        } finally {
            use.readLock().unlock();
        }
    }

    /**
     * Writes all tables into a new file that takes the place of this one: so goes what was deleted, but still stands in
     * blocks that are to be used again. Waits for the questions that are being asked, and holds up all others. What
     * was derived is gone then. If it fails, all stays as it was, and it may be tried again.
     *
     * @param views makes the views anew, which stand in the way
     * @throws NoRoomException if the disk has too little room for it
     */
    void writeAnew(Views views) throws SQLException, IOException {
        use.writeLock().lock();
        writing.lock();
        try {
            requireRoomToWriteAnew();
            StoreRebuild.clear(directory);
            Path anew = emptyWorkshop().resolve(FILE);
            try {
                copyTo(anew, views);
                replaceBy(anew);
                recoverNow();
            } catch (SQLException | IOException | RuntimeException failure) {
                giveUp(failure);
                throw failure;
            }
            Files.deleteIfExists(workshop());
        } finally {
            writing.unlock();
            use.writeLock().unlock();
        }
    }

    /**
     * Makes sure that the file could be written anew now.
     *
     * @throws NoRoomException if the disk has too little room for it
     */
    void requireRoomToWriteAnew() {
        long bytes = bytes(directory);
        if (!space.isEnoughFor(bytes)) {
            throw new NoRoomException("the disk has no room for another " + bytes
                    + " bytes beyond its reserve: so many it takes to write " + FILE + " anew");
        }
    }

    private Path workshop() {
        return directory.resolve("events-anew");
    }

    private Path emptyWorkshop() throws IOException {
        Path workshop = Files.createDirectories(workshop());
        clear(workshop);
        return workshop;
    }

    private void copyTo(Path anew, Views views) throws SQLException, IOException {
        try (Statement statement = root.createStatement()) {
            // What is most likely to fail comes first, while all is still in its place.
            statement.execute("checkpoint");
            missing = views;
            statement.execute("drop view if exists links");
            statement.execute("drop view if exists human_events");
            statement.execute("drop view if exists events");
            statement.execute("attach " + StoreSql.quoted(anew.toString()) + " as anew (storage_version '"
                    + STORAGE_VERSION + "')");
            statement.execute("copy from database events to anew");
            statement.execute("detach anew");
        }
        DiskSync.of(anew);
    }

    private void replaceBy(Path anew) throws SQLException, IOException {
        root.close();
        // Since the checkpoint nothing was written but that the views are gone.
        Files.deleteIfExists(directory.resolve(FILE + ".wal"));
        clear(spill(directory));
        Files.move(anew, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        DiskSync.of(directory);
    }

    /** Makes all as it was before the file was to be written anew: what there is of the new one takes up room. */
    private void giveUp(Exception failure) {
        try {
            detachNew();
            emptyWorkshop();
            recoverNow();
        } catch (SQLException | IOException | RuntimeException stillUseless) {
            // Whoever asks or loads next tries again.
            failure.addSuppressed(stillUseless);
        }
    }

    private void detachNew() throws SQLException {
        if (answers()) {
            try (Statement statement = root.createStatement()) {
                statement.execute("detach database if exists anew");
            }
        } else {
            root.close();
        }
    }

    /** Makes the views that questions are asked of. */
    @FunctionalInterface
    interface Views {
        void make() throws SQLException;
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Changes tables in one transaction, one change after the other: two that meet would fail on each other.
     *
     * <p>The transaction must be begun in words: after {@code setAutoCommit(false)} alone the appender would commit every
     * 2,048 rows by itself, and a rollback would undo nothing.
     */
    void write(DuckDBConnection connection, Change change) throws SQLException {
        writing.lock();
        try {
            inTransaction(connection, statement -> {
                change.make(statement);
                return change;
            });
        } finally {
            writing.unlock();
        }
    }

    private interface Work<T> {
        T in(Statement transaction) throws SQLException;
    }

    /** Commits if the work succeeds, else undoes it. */
    private static <T> T inTransaction(DuckDBConnection connection, Work<T> work) throws SQLException {
        try (Statement transaction = connection.createStatement()) {
            transaction.execute("BEGIN TRANSACTION");
            try {
                T result = work.in(transaction);
                transaction.execute("COMMIT");
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(connection, failure);
                throw failure;
            }
        }
    }

    /**
     * A failed COMMIT has already ended the transaction; then there is nothing to roll back. A statement that failed is
     * closed, so this takes another.
     */
    private static void rollBack(DuckDBConnection connection, Throwable failure) {
        try (Statement rollback = connection.createStatement()) {
            rollback.execute("ROLLBACK");
        } catch (SQLException ended) {
            failure.addSuppressed(ended);
        }
    }

    /** What is to be changed together. */
    @FunctionalInterface
    interface Change {

        /** Makes it, with this statement or over its connection. */
        void make(Statement statement) throws SQLException;
    }

    /** Folds the write-ahead log into the tables, so that the next start need not read it, and lets the file go. */
    @Override
    public void close() throws SQLException {
        writing.lock();
        try {
            closeNow();
        } finally {
            writing.unlock();
        }
    }

    private void closeNow() throws SQLException {
        try (DuckDBConnection last = root;
                Statement statement = last.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }
}
