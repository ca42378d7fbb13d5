package dev.microlift.server.launch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the server as a whole. */
@ConfigMapping(prefix = "microlift")
interface ServerSettings {

    /** Folder for everything that is kept. One server at a time holds it. */
    @WithDefault("microlift-data")
    String dataDir();

    /**
     * The first admin key, 32 characters or more. It is taken at the first start alone; without it the server makes a key
     * and prints it once.
     */
    Optional<String> adminKey();

    /** Spans of requests, for whoever follows them through several services. */
    Traces traces();

    /** Where they go. */
    interface Traces {

        /**
         * The collector that spans are sent to, by OTLP over HTTP, such as {@code http://collector:4318}. Without it nothing is
         * traced.
         */
        Optional<String> endpoint();
    }

    /** The PostgreSQL that holds the configuration. */
    Database database();

    /** Where it is and who asks. */
    interface Database {

        /**
         * {@code jdbc:postgresql://host:port/name} or {@code postgresql://user:password@host/name}, version 13 or newer.
         * Without it the server brings a PostgreSQL of its own, on loopback, which trusts every local account.
         */
        Optional<String> url();

        /**
         * Account at the address, which wins over one in it; {@code postgres} if neither names one. It has no effect without
         * an address.
         */
        Optional<String> user();

        /** Password of the account, which wins over one in the address. */
        Optional<String> password();
    }
}
