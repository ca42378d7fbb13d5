package dev.microlift.server.backup;

/** Why a backup cannot be made or restored, in words for the operator. */
public final class BackupException extends RuntimeException {

    BackupException(String message) {
        super(message);
    }

    BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
