package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnpackedLibrariesTest {

    @Test
    void onlyLibrariesThatWereUnpackedAreFoundAmongWhatIsLoaded() {
        assertThat(UnpackedLibraries.unpacked(List.of(
                        "7f00-7f01 r-xp 00000000 08:01 42   /tmp/my files/libduckdb_java7536480394531190491.so",
                        "7f01-7f02 rw-p 00000000 08:01 42   /tmp/my files/libduckdb_java7536480394531190491.so",
                        "7f02-7f03 r-xp 00000000 08:01 43   /tmp/librocksdbjni12.so",
                        "7f03-7f04 r-xp 00000000 08:01 44   /opt/lib/libduckdb_java.so",
                        "7f04-7f05 r-xp 00000000 08:01 45   /tmp/libduckdb_java75.so (deleted)",
                        "7f05-7f06 rw-p 00000000 00:00 0 ")))
                .containsExactlyInAnyOrder(
                        Path.of("/tmp/my files/libduckdb_java7536480394531190491.so"),
                        Path.of("/tmp/librocksdbjni12.so"));
    }
}
