package dev.microlift.server.ingest;

import dev.microlift.server.access.Role;

/** How large things may be. All of it is part of the contract. */
final class Limits {

    /** Bytes of a request as it travels. */
    static final int WIRE_BYTES = 500 * 1024;

    /** Bytes of a request of a client key after decompression. */
    static final int CLIENT_BYTES = 1 << 20;

    /** Bytes of a request of a secret key after decompression. */
    static final int SECRET_BYTES = 5 << 20;

    /** Messages of a batch. */
    static final int MESSAGES = 2_500;

    /** Bytes of one message, or of one line of an import. */
    static final int MESSAGE_BYTES = 32 * 1024;

    static final int MESSAGE_ID_BYTES = 128;

    static final int UNIT_ID_BYTES = 256;

    /** How deeply arrays and objects of a body nest. */
    static final int DEPTH = 16;

    private Limits() {}

    /** Bytes of a request after decompression, by whose key it comes with. */
    static int contentBytes(Role role) {
        return role == Role.CLIENT ? CLIENT_BYTES : SECRET_BYTES;
    }
}
