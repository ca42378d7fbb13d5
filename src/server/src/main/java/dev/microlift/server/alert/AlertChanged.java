package dev.microlift.server.alert;

/** An alert was opened or closed; told inside the transaction that does it. */
public record AlertChanged(Change change, Alert alert) {

    /** What became of it. */
    public enum Change {
        OPENED,
        CLOSED
    }
}
