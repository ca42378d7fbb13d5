package dev.microlift.server.launch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

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
