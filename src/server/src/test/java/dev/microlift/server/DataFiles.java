package dev.microlift.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every file under a data directory, byte by byte. */
public final class DataFiles {

    private DataFiles() {}

    /** The files that hold a text anywhere. */
    public static List<Path> with(Path directory, String text) throws IOException {
        byte[] wanted = text.getBytes(UTF_8);
        List<Path> found = new ArrayList<>();
        List<Path> all;
        try (Stream<Path> files = Files.find(directory, 20, (file, attributes) -> attributes.isRegularFile())) {
            all = files.toList();
        }
        for (Path file : all) {
            if (holds(file, wanted)) {
                found.add(file);
            }
        }
        return found;
    }

    private static boolean holds(Path file, byte[] wanted) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            byte[] block = new byte[1 << 20];
            int kept = 0;
            for (int count = in.read(block, 0, block.length);
                    count >= 0;
                    count = in.read(block, kept, block.length - kept)) {
                int end = kept + count;
                if (isIn(block, end, wanted)) {
                    return true;
                }
                kept = Math.min(wanted.length - 1, end);
                System.arraycopy(block, end - kept, block, 0, kept);
            }
            return false;
        } catch (NoSuchFileException gone) {
            // one of those that come and go while the server runs
            return false;
        }
    }

    private static boolean isIn(byte[] block, int end, byte[] wanted) {
        for (int i = 0; i + wanted.length <= end; i++) {
            int same = 0;
            while (same < wanted.length && block[i + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
