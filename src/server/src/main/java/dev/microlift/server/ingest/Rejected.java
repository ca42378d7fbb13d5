package dev.microlift.server.ingest;

/** Why one message is not taken. The others of its batch are. */
final class Rejected extends Exception {

    private final String pointer;
    private final String code;
    private final String detail;

    /**
     * @param pointer JSON Pointer into the message
     * @param code stable kebab-case kind of mistake
     */
    Rejected(String pointer, String code, String detail) {
        super(detail, null, false, false);
        this.pointer = pointer;
        this.code = code;
        this.detail = detail;
    }

    String pointer() {
        return pointer;
    }

    String code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
