package dev.microlift.server.launch;

import dev.microlift.server.simulator.SimulateCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program: without arguments the server, otherwise one of its commands. */
@QuarkusMain
public final class Main {

    /** Starts the server, with an embedded database unless {@code MICROLIFT_DATABASE_URL} names another. */
    public static void main(String... args) {
        if (Boolean.getBoolean("quarkus.appcds.generate")) {
            Quarkus.run(Server.class, args);
        } else if (args.length == 0) {
            serve();
        } else {
            System.exit(commands().execute(args));
        }
    }

    /** What the program can do besides serving. */
    static CommandLine commands() {
        return new CommandLine(new Commands()).addSubcommand(new SimulateCommand(Clock.systemUTC()));
    }

    @Command(
            name = "microlift",
            mixinStandardHelpOptions = true,
            versionProvider = Commands.class,
            description = "A/B experimentation for micro-conversions. Without a command: the server.")
    private static final class Commands implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"microlift " + (version == null ? "development" : version)};
        }
    }

    private static void serve() {
        LaunchSettings settings = LaunchSettings.read();
        try {
            DataDirectory data = DataDirectory.open(settings.dataDirectory());
            System.setProperty("microlift.data-dir", data.path().toString());
            System.setProperty("java.io.tmpdir", data.temporary().toString());
            Optional<EmbeddedDatabase> embedded = database(settings, data);
            Quarkus.run(Server.class, (code, failure) -> leave(code, failure, embedded));
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
