package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path directory;

    @Test
    void aDirectoryIsMadeAndItsTemporaryFilesAreEmptied() throws IOException {
        Path left = Files.createDirectories(directory.resolve("new/tmp")).resolve("left-behind.so");
        Files.writeString(left, "x");

        DataDirectory data = DataDirectory.open(directory.resolve("new"));

        assertThat(data.temporary()).isDirectory();
        assertThat(left).doesNotExist();
    }

    @Test
    void aDirectoryInUseIsRefusedNamingItsHolder() {
        DataDirectory held = DataDirectory.open(directory);

        assertThatThrownBy(() -> DataDirectory.open(held.path()))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining(
                        "in use by process " + ProcessHandle.current().pid());
    }

    @Test
    void aDatabaseIsGivenAsJdbcUrlOrAsHostingPlatformsWriteIt() {
        assertThat(DatabaseAddress.parse(
                        "postgresql://me:pw@db.example:5433/app?sslmode=require", Optional.empty(), Optional.empty()))
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://db.example:5433/app?sslmode=require", "me", "pw"));
        assertThat(DatabaseAddress.parse("jdbc:postgresql://h/app", Optional.of("me"), Optional.of("pw")))
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://h/app", "me", "pw"));
        assertThat(DatabaseAddress.parse("postgres://old:pw@h/app", Optional.of("me"), Optional.empty())
                        .user())
                .isEqualTo("me");
    }

    @Test
    void aDatabaseOfAnotherKindIsRefusedWithoutShowingItsPassword() {
        for (String url : new String[] {"mysql://me:secret@h/app", "postgresql://me:secret@h h/app"}) {
            assertThatThrownBy(() -> DatabaseAddress.parse(url, Optional.empty(), Optional.empty()))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("MICROLIFT_DATABASE_URL")
                    .hasMessageNotContaining("secret");
        }
    }
}
