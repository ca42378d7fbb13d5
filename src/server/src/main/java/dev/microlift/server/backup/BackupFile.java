package dev.microlift.server.backup;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.microlift.server.document.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One file of a backup.
 *
 * @param path within the backup, its parts set apart by slashes
 * @param sha256 of its content, in hexadecimal
 */
public record BackupFile(String path, long bytes, String sha256) {

    public BackupFile {
        Path named = Path.of(path).normalize();
        if (named.isAbsolute() || named.startsWith("..")) {
            throw new IllegalArgumentException("a file of a backup lies within it, not at " + path);
        }
    }

    /** Writes what a file is to hold. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file that is not there yet, and makes its content last. */
    static BackupFile write(Path folder, String path, Content content) throws IOException {
        Path target = folder.resolve(path);
        Files.createDirectories(target.resolveSibling("").normalize());
        MessageDigest digest = Sha256.digest();
        try (FileChannel file = FileChannel.open(target, CREATE_NEW, WRITE);
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(file), digest)) {
            content.writeTo(out);
            out.flush();
            file.force(true);
            return new BackupFile(path, file.size(), HexFormat.of().formatHex(digest.digest()));
        }
    }

    /** Copies the first bytes of a file, which may grow meanwhile. */
    static BackupFile copy(Path from, long bytes, Path folder, String path) throws IOException {
        return write(folder, path, out -> {
            try (FileChannel source = FileChannel.open(from)) {
                WritableByteChannel target = Channels.newChannel(out);
                for (long at = 0; at < bytes; ) {
                    long copied = source.transferTo(at, bytes - at, target);
                    if (copied <= 0) {
                        throw new IOException(from + " ends at " + at + " instead of " + bytes);
                    }
                    at += copied;
                }
            }
        });
    }

    /** What is wrong with it as it lies in a backup, in words; empty if nothing is. */
    Optional<String> fault(Path backup) throws IOException {
        Path file = backup.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.of(path + " is missing");
        }
        if (Files.size(file) != bytes) {
            return Optional.of("%s has %d bytes instead of %d".formatted(path, Files.size(file), bytes));
        }
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sha256)
                ? Optional.empty()
                : Optional.of(path + " is damaged: its SHA-256 is another than the manifest's");
    }
}
