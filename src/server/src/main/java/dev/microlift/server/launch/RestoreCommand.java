package dev.microlift.server.launch;

import dev.microlift.server.backup.Restore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that makes a data directory, and the configuration, of a backup. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 100,
        description = {
            "Makes a data directory of a backup, after every byte of it was checked.",
            "",
            "The data directory, MICROLIFT_DATA_DIR or microlift-data, must be absent or empty; so must be the",
            "database of MICROLIFT_DATABASE_URL, if that is set. The next start makes the event store anew. Run it",
            "as the server's user.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:a server can start on it", "1:it cannot be restored", "2:wrong arguments"})
final class RestoreCommand implements Callable<Integer> {

    @SuppressWarnings("NullAway.Init") // injected before anything else
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // required
    @Option(names = "--from", required = true, paramLabel = "FOLDER", description = "The backup.")
    private Path from;

    @Override
    public Integer call() {
        LaunchSettings settings = LaunchSettings.read();
        DataOwner.requireOfCommand(settings.dataDirectory());
        Restore restore = Restore.of(from);
        DataFormat.requireReadable(from);
        settings.database().ifPresent(database -> Restore.requireEmpty(database.source()));
        DataDirectory data = DataDirectory.openEmpty(settings.dataDirectory());
        restore.copyTo(data.path());
        load(restore, settings, data);
        data.whole();
        spec.commandLine()
                .getErr()
                .println("microlift: %s is as it was on %s, up to message %d of the log"
                        .formatted(
                                data.path(),
                                restore.manifest().createdAt(),
                                restore.manifest().position()));
        return CommandLine.ExitCode.OK;
    }

    private static void load(Restore restore, LaunchSettings settings, DataDirectory data) {
        if (settings.database().isPresent()) {
            restore.load(settings.database().get().source());
            return;
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            restore.load(database.address().source());
        }
    }
}
