package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of settings says what the interfaces that declare them say. */
class SettingsPageTest {

    private static final Path PAGE = Path.of("..", "..", "deploy", "SETTINGS.md");
    private static final String BEGIN = "<!-- begin of what is made from the sources -->\n";
    private static final String END = "<!-- end of what is made from the sources -->\n";

    private final SettingSources sources = SettingSources.read(Path.of("src", "main", "java"));

    @Test
    void everyMappingOfSettingsIsDeclared() {
        assertThat(DeclaredSettings.MAPPINGS)
                .as("DeclaredSettings.MAPPINGS names every @ConfigMapping")
                .containsExactlyInAnyOrderElementsOf(sources.mappings());
    }

    @Test
    void thePageHasEverySettingWithItsDefaultAndMeaning() throws IOException {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String after = page.substring(page.indexOf(END));
        String current = before + "\n" + table(sources.meanings()) + "\n" + after;
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, current);
        }

        assertThat(Files.readString(PAGE))
                .as("run ./mvnw -pl src/server -am test -Dtest=SettingsPageTest -Dregenerate=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false and commit deploy/SETTINGS.md")
                .isEqualTo(current);
    }

    @Test
    void everySettingHasAMeaning() {
        assertThat(DeclaredSettings.ours())
                .isNotEmpty()
                .allSatisfy(setting -> assertThat(sources.meanings()).containsKey(setting.name()));
    }

    private static String table(Map<String, String> meanings) {
        return DeclaredSettings.ours().stream()
                .map(setting -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                setting.variable(),
                                setting.fallback().map(text -> "`" + text + "`").orElse(""),
                                setting.kind().allowed(),
                                meanings.get(setting.name())))
                .collect(Collectors.joining("", "| variable | default | allowed | meaning |\n|---|---|---|---|\n", ""));
    }
}
