package dev.microlift.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The account whose server works on a data directory. What another one makes in it, as root does by a command without
 * {@code sudo -u}, that server can neither open nor delete: it would not start, or its erasures would not end.
 *
 * @param path what says so: the lock that a server has made, or the folder that one is going to work in
 * @param user the account's number
 * @param name its name, or the number again if it has none
 */
record DataOwner(Path path, int user, String name) {

    private static final int ROOT = 0;

    /** Where Linux says who runs a process; nothing is checked where it does not. */
    private static final Path PROCESS = Path.of("/proc/self/status");

    /**
     * Makes sure that a server is started by the account that served from the data directory before.
     *
     * @throws LaunchException if not, naming that one; nothing was touched
     */
    static void requireOfServer(Path data) {
        require(Stream.of(data.resolve(DataDirectory.LOCK)));
    }

    /**
     * Makes sure that a command is run by the account that serves from the data directory. Where nobody has yet, the owner of
     * the folder, or of the one around it, is taken for it.
     *
     * @throws LaunchException if not, naming that one; nothing was touched
     */
    static void requireOfCommand(Path data) {
        Path path = data.toAbsolutePath().normalize();
        require(Stream.of(path.resolve(DataDirectory.LOCK), path, path.resolveSibling("")));
    }

    private static void require(Stream<Path> places) {
        places.filter(Files::exists)
                .findFirst()
                .flatMap(DataOwner::of)
                .flatMap(owner -> process().flatMap(owner::refusal))
                .ifPresent(refusal -> {
                    throw new LaunchException(refusal);
                });
    }

    private static Optional<DataOwner> of(Path path) {
        try {
            int user = (Integer) Files.getAttribute(path, "unix:uid");
            return Optional.of(new DataOwner(path, user, Files.getOwner(path).getName()));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException ownerless) {
            return Optional.empty();
        }
    }

    /**
     * Why a user must not work here, if so: root could always, and whoever may not write cannot. Others who may write are let
     * through, for a container's volume is given to a group and its user may change; and so is everybody where it belongs to
     * root, which some disks say of everything.
     */
    Optional<String> refusal(int process) {
        boolean mayShare = process != ROOT && Files.isWritable(path);
        return process == user || user == ROOT || mayShare
                ? Optional.empty()
                : Optional.of("%s belongs to %s, whose server could not use what another user makes there: run it as %s"
                        .formatted(path, name, name));
    }

    /** The user of this process: the second of the four numbers is the one that counts for files. */
    private static Optional<Integer> process() {
        try (Stream<String> lines = Files.lines(PROCESS, UTF_8)) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.valueOf(line.split("\\s+", -1)[2]))
                    .findFirst();
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
