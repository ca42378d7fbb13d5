package dev.microlift.server.launch;

import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventstore.EventStoreException;
import dev.microlift.server.eventstore.EventStoreSettings;
import dev.microlift.server.eventstore.StoreRebuild;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that makes the event store anew. It works on a data directory that no server holds. */
@Command(
        name = "rebuild-store",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 100,
        description = {
            "Makes the event store anew from the sealed files and the log, while no server runs.",
            "",
            "Run it as the server's user. The data directory is the server's: MICROLIFT_DATA_DIR, or",
            "microlift-data.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the store is whole", "1:it cannot be made; nothing has changed", "2:wrong arguments"})
final class RebuildStoreCommand implements Callable<Integer> {

    private final Function<Path, EventLog> log;

    @SuppressWarnings("NullAway.Init") // injected before anything else
    @Spec
    private CommandSpec spec;

    @Option(names = "--accept-loss", description = "Go on without messages that are nowhere any more.")
    private boolean acceptLoss;

    /** @param log opens the log in a data directory */
    RebuildStoreCommand(Function<Path, EventLog> log) {
        this.log = log;
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            LaunchSettings settings = LaunchSettings.read();
            DataOwner.requireOfCommand(settings.dataDirectory());
            DataDirectory data = DataDirectory.open(settings.dataDirectory());
            try (EventLog opened = log.apply(data.path())) {
                new StoreRebuild(
                                data.path(),
                                LaunchSettings.of(EventStoreSettings.class),
                                opened,
                                acceptLoss,
                                line -> tell(err, line))
                        .run();
            }
            tell(err, "the event store is whole");
            return CommandLine.ExitCode.OK;
        } catch (LaunchException | EventStoreException | UncheckedIOException refused) {
            tell(err, String.valueOf(refused.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static void tell(PrintWriter err, String line) {
        err.println("microlift: " + line);
        err.flush();
    }
}
