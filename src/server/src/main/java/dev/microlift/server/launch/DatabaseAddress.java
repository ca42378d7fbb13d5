package dev.microlift.server.launch;

import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the configuration store's PostgreSQL listens.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/name}
 */
public record DatabaseAddress(String jdbcUrl, String user, String password) {

    /**
     * Reads what an operator writes: a JDBC URL, or the form {@code postgresql://user:password@host/name} that hosting
     * platforms hand out. A user or password given beside the URL wins over one inside it.
     *
     * @throws LaunchException if the text is neither
     */
    static DatabaseAddress parse(String url, Optional<String> user, Optional<String> password) {
        if (url.startsWith("jdbc:postgresql:")) {
            if (url.replaceFirst("\\?.*", "").contains("@")) {
                // The driver would take it for a host and show it.
                throw new LaunchException(
                        "MICROLIFT_DATABASE_URL: an address that starts with jdbc: names no user and password;"
                                + " give MICROLIFT_DATABASE_USER and MICROLIFT_DATABASE_PASSWORD, or start it with postgresql://");
            }
            return new DatabaseAddress(url, user.orElse("postgres"), password.orElse(""));
        }
        if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
            throw new LaunchException("MICROLIFT_DATABASE_URL must start with jdbc:postgresql: or postgresql://");
        }
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null) {
                throw new LaunchException("MICROLIFT_DATABASE_URL names no host");
            }
            String[] account = Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new DatabaseAddress(
                    "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
                    user.orElse(account[0].isEmpty() ? "postgres" : account[0]),
                    password.orElse(account.length > 1 ? account[1] : ""));
        } catch (URISyntaxException malformed) {
            // The text itself stays out of the message: it may hold a password.
            throw new LaunchException("MICROLIFT_DATABASE_URL is not a URL");
        }
    }

    /** Opens connections to it. */
    DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(jdbcUrl);
        } catch (IllegalArgumentException malformed) {
            // The driver would show all of it, and it may hold a password.
            throw new LaunchException(
                    "MICROLIFT_DATABASE_URL is not an address that the driver of PostgreSQL understands");
        }
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /**
     * Makes sure that it answers and lets the account in.
     *
     * @throws LaunchException if not, naming the setting, where it was looked for and what was answered
     */
    void requireReachable() {
        try (Connection connection = source().getConnection()) {
            connection.isReadOnly();
        } catch (SQLException refused) {
            throw new LaunchException(
                    "MICROLIFT_DATABASE_URL (microlift.database.url) names a PostgreSQL that cannot be used: " + place()
                            + " as " + user + ": " + refused.getMessage(),
                    refused);
        }
    }

    /** Host, port and name, without anything secret. */
    private String place() {
        return jdbcUrl.replaceFirst("\\?.*", "")
                .replaceFirst("^jdbc:postgresql:/*", "")
                .replaceFirst("^.*@", "");
    }

    /** Hands the address to the application, which reads it from its configuration. */
    void publish() {
        System.setProperty("microlift.database.url", jdbcUrl);
        System.setProperty("microlift.database.user", user);
        System.setProperty("microlift.database.password", password);
    }

    @Override
    public String toString() {
        return "DatabaseAddress[" + user + "]";
    }
}
