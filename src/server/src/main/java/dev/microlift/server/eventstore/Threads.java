package dev.microlift.server.eventstore;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How many threads the database works with: all it may have while somebody asks, else only the one that calls. Loading is
 * the work of one thread; were there others, they would do it while the caller watches them in a loop without a pause,
 * and each event would cost twice the processor time.
 */
final class Threads {

    private final Connections connections;
    private final int all;
    private int present;
    private int questions;

    /** Where statements about the database as a whole are run. */
    interface Connections {

        /** A connection that is closed after use. */
        Connection connect() throws SQLException;
    }

    private Threads(Connections connections, int all) {
        this.connections = connections;
        this.all = all;
        this.present = all;
    }

    /** The threads of a database, which has as many as it may have. */
    static Threads of(Connections connections) throws SQLException {
        try (Connection connection = connections.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('threads')")) {
            row.next();
            return new Threads(connections, row.getInt(1));
        }
    }

    /** Lets a question have all threads, until it {@linkplain #end ends}. */
    synchronized void begin() throws SQLException {
        change(all);
        questions++;
    }

    /** Tells that a question that began is answered. */
    synchronized void end() {
        questions--;
    }

    /** Leaves the work to the caller's thread, unless somebody asks something. Waits for what the others are at. */
    synchronized void rest() throws SQLException {
        if (questions == 0) {
            change(1);
        }
    }

    private void change(int wanted) throws SQLException {
        if (present != wanted) {
            try (Connection connection = connections.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET threads = " + wanted);
            }
            present = wanted;
        }
    }
}
