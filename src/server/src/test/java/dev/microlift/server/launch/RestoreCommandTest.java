package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a backup is said before anything is touched. */
class RestoreCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final StringWriter err = new StringWriter();
    private Path data;
    private Path backup;

    @BeforeEach
    void unpack() throws IOException {
        data = directory.resolve("data");
        List<Path> releases = Archives.releases();
        backup = Archives.unpack(releases.get(releases.size() - 1).resolve("backup.zip"), directory.resolve("backup"));
        System.setProperty("microlift.data-dir", data.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty("microlift.data-dir");
    }

    private void refused(String... told) {
        int code = Main.commands().setErr(new PrintWriter(err)).execute("restore", "--from", backup.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains(told);
        assertThat(data).doesNotExist();
    }

    private Path logFile() throws IOException {
        try (Stream<Path> files = Files.list(backup.resolve("log"))) {
            return files.max(Path::compareTo).orElseThrow();
        }
    }

    private void changeManifest(Consumer<ObjectNode> change) throws IOException {
        Path manifest = backup.resolve("manifest.json");
        ObjectNode content = (ObjectNode) JSON.readTree(manifest.toFile());
        change.accept(content);
        JSON.writeValue(manifest.toFile(), content);
    }

    @Test
    void aFileInWhichOneBitIsAnotherIsNamed() throws IOException {
        Path file = logFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        refused("log/" + file.getFileName() + " is damaged");
    }

    @Test
    void everyFileThatIsMissingOrCutIsNamed() throws IOException {
        Path file = logFile();
        Files.delete(file);
        Path keys = backup.resolve("configuration/api_key.copy");
        long size = Files.size(keys);
        Files.writeString(keys, "");

        refused("log/" + file.getFileName() + " is missing", "api_key.copy has 0 bytes instead of " + size);
    }

    @Test
    void aFolderWithoutAManifestIsNoBackup() throws IOException {
        Files.delete(backup.resolve("manifest.json"));

        refused("is no backup, or one that was interrupted");
    }

    @Test
    void aManifestThatIsCutIsDamaged() throws IOException {
        Path manifest = backup.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).substring(0, 400));

        refused("manifest.json is damaged");
    }

    @Test
    void aBackupInALaterFormatIsRefusedNamingBothVersions() throws IOException {
        changeManifest(manifest -> manifest.put("format", 2).put("version", "9.8.7"));

        refused("was made by Microlift 9.8.7 in format 2", "reads formats up to 1");
    }

    @Test
    void aManifestThatNamesAFileOutsideTheBackupIsRefused() throws IOException {
        changeManifest(manifest -> ((ObjectNode) manifest.path("files").get(0)).put("path", "../outside"));

        refused("manifest.json is damaged");
    }

    @Test
    void aDataDirectoryInWhichAnythingIsStaysAsItIs() throws IOException {
        Path used = Files.createDirectories(directory.resolve("used"));
        Path mine = Files.writeString(used.resolve("mine.txt"), "mine");
        System.setProperty("microlift.data-dir", used.toString());

        refused("is not empty");
        assertThat(used).isDirectoryNotContaining(file -> !file.equals(mine));
    }
}
