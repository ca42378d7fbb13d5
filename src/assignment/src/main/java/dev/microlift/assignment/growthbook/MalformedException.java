package dev.microlift.assignment.growthbook;

/** A definition makes no sense; the message says why. It never leaves the compilation. */
final class MalformedException extends Exception {

    MalformedException(String message) {
        super(message);
    }
}
