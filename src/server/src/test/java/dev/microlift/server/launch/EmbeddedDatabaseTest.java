package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir
    Path directory;

    @Test
    void itsProgramsAndTablesAreClosedToOtherAccountsAtEachStart() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"), "files have modes");
        DataDirectory data = DataDirectory.open(directory);

        for (int start = 1; start <= 2; start++) {
            try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
                assertThat(database.address().jdbcUrl()).isNotEmpty();
                assertThat(mode("postgres-runtime")).isEqualTo("rwx------");
                assertThat(mode("postgres")).isEqualTo("rwx------");
            }
        }
    }

    private String mode(String folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(folder)));
    }
}
