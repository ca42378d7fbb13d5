package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
    void aDirectorySaysInWhichFormatItIsAndWhoServedFromItLast() throws IOException {
        DataDirectory data = DataDirectory.open(directory);

        assertThat(Files.readString(data.path().resolve("microlift.format")))
                .isEqualTo("format=1\nversion=" + ProgramVersion.NAME + "\n");
    }

    @Test
    void whatALaterReleaseWroteIsRefusedNamingBothVersionsAndStaysAsItIs() throws IOException {
        Path format = directory.resolve("microlift.format");
        Files.writeString(format, "format=2\nversion=0.9.0\n");

        assertThatThrownBy(() -> DataDirectory.open(directory))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("of format 2, written by Microlift 0.9.0")
                .hasMessageContaining("this is Microlift " + ProgramVersion.NAME + ", which reads formats up to 1")
                .hasMessageContaining("Nothing was changed");
        assertThat(directory).isDirectoryContaining(format::equals);
        assertThat(directory.toFile().list()).hasSize(1);
        assertThat(format).hasContent("format=2\nversion=0.9.0");
    }

    @Test
    void aFormatThatCannotBeReadIsRefused() throws IOException {
        Files.writeString(directory.resolve("microlift.format"), "format=two");

        assertThatThrownBy(() -> DataDirectory.open(directory))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("microlift.format cannot be read");
    }

    @Test
    void noServerStartsOnADirectoryIntoWhichABackupIsBeingRestored() {
        DataDirectory data = DataDirectory.openEmpty(directory);

        assertThatThrownBy(() -> DataDirectory.open(directory))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("empty it and restore again");

        data.whole();
        assertThat(directory.resolve("restore.unfinished")).doesNotExist();
    }

    @Test
    void aDirectoryInWhichAnythingIsTakesNoBackup() throws IOException {
        Files.writeString(directory.resolve("mine.txt"), "x");

        assertThatThrownBy(() -> DataDirectory.openEmpty(directory))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("is not empty");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsToldWithItsSettingAndAddressButNoPassword() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        DatabaseAddress address = DatabaseAddress.parse(
                "jdbc:postgresql://127.0.0.1:" + port + "/app?password=secret&connectTimeout=5",
                Optional.of("me"),
                Optional.empty());

        assertThatThrownBy(address::requireReachable)
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("MICROLIFT_DATABASE_URL")
                .hasMessageContaining("127.0.0.1:" + port + "/app as me: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void anAddressThatTheDriverDoesNotUnderstandIsRefusedWithoutShowingIt() {
        DatabaseAddress address =
                DatabaseAddress.parse("jdbc:postgresql://host:port:secret/app", Optional.empty(), Optional.empty());

        assertThatThrownBy(address::requireReachable)
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("MICROLIFT_DATABASE_URL")
                .hasMessageNotContaining("secret");
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
        for (String url : new String[] {
            "mysql://me:secret@h/app", "postgresql://me:secret@h h/app", "jdbc:postgresql://me:secret@h/app"
        }) {
            assertThatThrownBy(() -> DatabaseAddress.parse(url, Optional.empty(), Optional.empty()))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("MICROLIFT_DATABASE_URL")
                    .hasMessageNotContaining("secret");
        }
    }
}
