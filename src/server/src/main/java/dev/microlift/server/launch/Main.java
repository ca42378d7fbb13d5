package dev.microlift.server.launch;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program: without arguments the server, otherwise one of its commands. */
@QuarkusMain
public final class Main {

    /** Starts the server, with an embedded database unless {@code MICROLIFT_DATABASE_URL} names another. */
    public static void main(String... args) {
        if (Boolean.getBoolean("quarkus.appcds.generate")) {
            Quarkus.run(Server.class, args);
            return;
        }
        serve(args);
    }

    private static void serve(String... args) {
        LaunchSettings settings = LaunchSettings.read();
        try {
            DataDirectory data = DataDirectory.open(settings.dataDirectory());
            System.setProperty("microlift.data-dir", data.path().toString());
            System.setProperty("java.io.tmpdir", data.temporary().toString());
            Optional<EmbeddedDatabase> embedded = database(settings, data);
            Quarkus.run(Server.class, (code, failure) -> leave(code, failure, embedded), args);
        } catch (LaunchException refused) {
            System.err.println("microlift: " + refused.getMessage());
            System.exit(1);
        }
    }

    private static Optional<EmbeddedDatabase> database(LaunchSettings settings, DataDirectory data) {
        if (settings.database().isPresent()) {
            settings.database().get().publish();
            return Optional.empty();
        }
        EmbeddedDatabase started = EmbeddedDatabase.start(data);
        started.address().publish();
        return Optional.of(started);
    }

    /** The database leaves last, so that the application can finish what it accepted. */
    private static void leave(int code, @Nullable Throwable failure, Optional<EmbeddedDatabase> embedded) {
        if (failure != null) {
            System.err.println("microlift: " + failure.getMessage());
        }
        embedded.ifPresent(EmbeddedDatabase::close);
        Runtime.getRuntime().halt(code);
    }

    /** Runs until the process is told to leave. */
    public static final class Server implements QuarkusApplication {
        @Override
        public int run(String... args) {
            Quarkus.waitForExit();
            return 0;
        }
    }
}
