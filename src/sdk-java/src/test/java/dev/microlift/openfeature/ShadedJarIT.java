package dev.microlift.openfeature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar as it is published: whoever uses it meets none of the libraries inside. */
class ShadedJarIT {

    private static final Path JAR = Path.of(System.getProperty("microlift.sdk.jar", ""));

    @Test
    void librariesAreThereUnderOurOwnNamesAlone() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> classes = classes(jar).stream().map(JarEntry::getName).toList();

            assertThat(classes).allMatch(name -> name.startsWith("dev/microlift/openfeature/"));
            assertThat(classes)
                    .contains(
                            "dev/microlift/openfeature/shaded/jackson/JsonFactory.class",
                            "dev/microlift/openfeature/shaded/re2j/Pattern.class");
        }
    }

    @Test
    void noClassRefersToTheirFormerNames() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            for (JarEntry entry : classes(jar)) {
                try (InputStream bytes = jar.getInputStream(entry)) {
                    assertThat(new String(bytes.readAllBytes(), ISO_8859_1))
                            .as(entry.getName())
                            .doesNotContain("com/fasterxml/jackson/core/", "com/google/re2j/");
                }
            }
        }
    }

    private static List<JarEntry> classes(JarFile jar) {
        return jar.stream().filter(entry -> entry.getName().endsWith(".class")).toList();
    }
}
