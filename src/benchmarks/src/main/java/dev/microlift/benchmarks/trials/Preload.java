package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A library that stands between a server and its operating system, built on the spot from its source beside this class. */
final class Preload {

    static final String MISSING = "this needs Linux, gcc and a dynamic linker that preloads";

    private Preload() {}

    /**
     * Builds one.
     *
     * @param name of its source, without the ending
     * @return where it is; empty if it cannot be built here
     */
    static Optional<Path> build(String name, Path folder) throws IOException, InterruptedException {
        if (!System.getProperty("os.name", "").equals("Linux") || !Tool.exists("gcc", "--version")) {
            return Optional.empty();
        }
        Path source = folder.resolve(name + ".c");
        try (InputStream in = Preload.class.getResourceAsStream(name + ".c")) {
            if (in == null) {
                throw new IllegalStateException("there is no source of " + name);
            }
            Files.copy(in, source);
        }
        Path library = folder.resolve(name + ".so");
        Tool gcc = Tool.run("gcc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl");
        return gcc.isSuccess() ? Optional.of(library) : Optional.empty();
    }
}
