package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataOwnerTest {

    private static final int ROOT = 0;
    private static final int SERVER = 10_001;
    private static final int SOMEBODY = 10_002;

    @TempDir
    Path directory;

    private Path lock;

    @BeforeEach
    void serve() throws IOException {
        lock = Files.createFile(directory.resolve("microlift.lock"));
    }

    private static DataOwner owner(Path path, int user) {
        return new DataOwner(path, user, "microlift");
    }

    @Test
    void rootIsRefusedWhatSomebodyElseServesFromNamingHim() {
        assertThat(owner(lock, SERVER).refusal(SERVER)).isEmpty();
        assertThat(owner(lock, SERVER).refusal(ROOT))
                .hasValue(lock + " belongs to microlift, whose server could not use what another user makes there:"
                        + " run it as microlift");
    }

    @Test
    void whoeverElseMayNotWriteIsRefusedAndWhoMayIsNot() {
        assertThat(owner(directory.resolve("closed"), SERVER).refusal(SOMEBODY)).isNotEmpty();
        assertThat(owner(lock, SERVER).refusal(SOMEBODY)).isEmpty();
    }

    @Test
    void whatBelongsToRootStopsNobody() {
        assertThat(owner(lock, ROOT).refusal(SERVER)).isEmpty();
        assertThat(owner(directory, ROOT).refusal(SERVER)).isEmpty();
    }

    @Test
    void everyCommandOfRootIsRefusedBeforeItTouchesAnything() throws IOException {
        assumeTrue(Integer.valueOf(ROOT).equals(Files.getAttribute(directory, "unix:uid")), "run by root");
        Files.createDirectory(directory.resolve("log"));
        Files.setAttribute(lock, "unix:uid", SERVER);
        System.setProperty("microlift.data-dir", directory.toString());
        try {
            for (String command : List.of("backup --to /none/b", "restore --from /none", "rebuild-store")) {
                StringWriter err = new StringWriter();

                assertThat(Main.commands().setErr(new PrintWriter(err)).execute(command.split(" ", -1)))
                        .isEqualTo(1);
                assertThat(err.toString())
                        .startsWith("microlift: " + lock + " belongs to ")
                        .hasLineCount(1);
            }
        } finally {
            System.clearProperty("microlift.data-dir");
        }
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("log", "microlift.lock");
    }
}
