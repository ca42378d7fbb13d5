package dev.microlift.server.ingest;

import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.access.KeyRing;
import dev.microlift.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Whose messages these are. The tracking routes check keys themselves, because a page that is being left can send no
 * headers and puts its key into the body.
 */
@ApplicationScoped
class Senders {

    private final KeyRing keys;

    Senders(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * The sender a request's headers or its address name; empty if they name none.
     *
     * @throws ProblemException if the key is unknown, or may not do this from there
     */
    Optional<KeyHolder> named(Submission submission, String permission) {
        return submission.key().map(key -> admit(key, submission, permission));
    }

    /**
     * The sender that a key belongs to.
     *
     * @param key what the request presents, if anything
     * @throws ProblemException if there is no key, it is unknown, or it may not do this from there
     */
    KeyHolder require(Optional<String> key, Submission submission, String permission) {
        return admit(key.orElse(""), submission, permission);
    }

    private KeyHolder admit(String key, Submission submission, String permission) {
        return keys.admit(key, permission, submission.header("Origin"));
    }
}
