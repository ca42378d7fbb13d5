package dev.microlift.server.launch;

import dev.microlift.server.backup.Backup;
import dev.microlift.server.backup.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that copies all that a server keeps, while it runs or not. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 100,
        description = {
            "Copies all that a server keeps into a new folder, while it runs or not.",
            "",
            "Run it as the server's user on its machine, with its settings: MICROLIFT_DATA_DIR, or",
            "microlift-data, and MICROLIFT_DATABASE_URL if it has one. All that was acknowledged before it",
            "begins is in it. The folder appears when it is whole; it holds hashes of keys: keep it private.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the backup is whole and on disk", "1:there is no backup", "2:wrong arguments"})
final class BackupCommand implements Callable<Integer> {

    private final Clock clock;

    @SuppressWarnings("NullAway.Init") // injected before anything else
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // required
    @Option(names = "--to", required = true, paramLabel = "FOLDER", description = "Where; absent or empty.")
    private Path to;

    BackupCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        LaunchSettings settings = LaunchSettings.read();
        DataOwner.requireOfCommand(settings.dataDirectory());
        Path data = settings.dataDirectory().toAbsolutePath().normalize();
        if (!Files.isDirectory(data.resolve("log"))) {
            throw new LaunchException("no server has ever run on the data directory " + data);
        }
        Manifest made = make(settings, data);
        spec.commandLine()
                .getErr()
                .println("microlift: %s holds %d bytes in %d files, up to message %d of the log"
                        .formatted(to, made.bytes(), made.files().size(), made.position()));
        return CommandLine.ExitCode.OK;
    }

    private Manifest make(LaunchSettings settings, Path data) {
        Optional<DataDirectory> held = DataDirectory.openUnlessHeld(data);
        if (settings.database().isPresent()) {
            return make(settings.database().get(), data);
        }
        if (held.isPresent()) {
            if (!EmbeddedDatabase.isIn(data)) {
                throw new LaunchException("there is no PostgreSQL in " + data
                        + ", so its server has the configuration in another one: give its MICROLIFT_DATABASE_URL");
            }
            try (EmbeddedDatabase database = EmbeddedDatabase.start(held.get())) {
                return make(database.address(), data);
            }
        }
        return make(
                EmbeddedDatabase.running(data)
                        .orElseThrow(() -> new LaunchException("the server on " + data
                                + " has no PostgreSQL of its own that is ready: give its MICROLIFT_DATABASE_URL, or wait"
                                + " until it has started")),
                data);
    }

    private Manifest make(DatabaseAddress database, Path data) {
        List<String> also = Files.exists(data.resolve(DataFormat.FILE)) ? List.of(DataFormat.FILE) : List.of();
        return new Backup(data, also, database.source(), ProgramVersion.NAME).make(to, clock.instant());
    }
}
