package dev.microlift.server.launch;

import dev.microlift.server.backup.BackupException;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.EventLogSettings;
import dev.microlift.server.eventlog.SegmentedEventLog;
import dev.microlift.server.simulator.SimulateCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program: without arguments the server, otherwise one of its commands. */
@QuarkusMain
public final class Main {

    private static final Duration APPLICATION_STOP = Duration.ofSeconds(30);

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
        return new CommandLine(new Commands())
                .addSubcommand(new SimulateCommand(Clock.systemUTC()))
                .addSubcommand(new BackupCommand(Clock.systemUTC()))
                .addSubcommand(new RestoreCommand())
                .addSubcommand(new RebuildStoreCommand(Main::openLog))
                .setExecutionExceptionHandler((failure, command, arguments) -> tell(failure, command.getErr()));
    }

    /** Says in one line why a command could not do its work; what nobody has thought of is thrown on. */
    private static int tell(Exception failure, PrintWriter err) throws Exception {
        if (!(failure instanceof LaunchException || failure instanceof BackupException)) {
            throw failure;
        }
        err.println("microlift: " + failure.getMessage());
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The log of record in a data directory, for commands that work without the server. */
    private static EventLog openLog(Path data) {
        return SegmentedEventLog.open(
                data, LaunchSettings.of(EventLogSettings.class), Clock.systemUTC(), new SimpleMeterRegistry());
    }

    @Command(
            name = "microlift",
            mixinStandardHelpOptions = true,
            versionProvider = Commands.class,
            description = "A/B experimentation for micro-conversions. Without a command: the server.")
    private static final class Commands implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"microlift " + ProgramVersion.NAME};
        }
    }

    private static void serve() {
        try {
            LaunchSettings settings = LaunchSettings.read();
            DataOwner.requireOfServer(settings.dataDirectory());
            DataDirectory data = DataDirectory.open(settings.dataDirectory());
            System.setProperty("microlift.data-dir", data.path().toString());
            // Off in what is packaged, so that a server without a collector has neither exporter nor spans.
            if (settings.isTraced()) {
                System.setProperty("quarkus.otel.sdk.disabled", "false");
                System.setProperty("quarkus.otel.instrument.vertx-http", "true");
            }
            // For what asks late. The virtual machine's own temporary files, and with them unpacked libraries, stay
            // where it was told at its start.
            System.setProperty("java.io.tmpdir", data.temporary().toString());
            CountDownLatch applicationStopped = new CountDownLatch(1);
            database(settings, data).ifPresent(embedded -> stopAfter(applicationStopped, embedded));
            Quarkus.run(Server.class, (code, failure) -> leave(code, failure, applicationStopped));
        } catch (LaunchException refused) {
            System.err.println("microlift: " + refused.getMessage());
            System.exit(1);
        }
    }

    /**
     * The database leaves last, so that the application can finish what it accepted; and it leaves however the process is
     * told to end, because the virtual machine waits for its shutdown hooks.
     */
    private static void stopAfter(CountDownLatch applicationStopped, EmbeddedDatabase embedded) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            embedded.letEnd();
                            try {
                                if (!applicationStopped.await(APPLICATION_STOP.toSeconds(), TimeUnit.SECONDS)) {
                                    System.err.println("microlift: the application did not stop in time");
                                }
                            } catch (InterruptedException interrupted) {
                                Thread.currentThread().interrupt();
                            }
                            embedded.close();
                        },
                        "embedded-database-stop"));
    }

    private static Optional<EmbeddedDatabase> database(LaunchSettings settings, DataDirectory data) {
        if (settings.database().isPresent()) {
            settings.database().get().requireReachable();
            settings.database().get().publish();
            return Optional.empty();
        }
        EmbeddedDatabase started = EmbeddedDatabase.start(data);
        started.address().publish();
        return Optional.of(started);
    }

    private static void leave(int code, @Nullable Throwable failure, CountDownLatch applicationStopped) {
        if (failure != null) {
            System.err.println("microlift: " + reason(failure));
        }
        applicationStopped.countDown();
        System.exit(code);
    }

    /** What a part of ours said, for whoever started it says only that it did not start. */
    static String reason(Throwable failure) {
        Throwable said = failure;
        while (said.getCause() != null && !said.getClass().getName().startsWith("dev.microlift")) {
            said = said.getCause();
        }
        return String.valueOf(said.getMessage());
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
