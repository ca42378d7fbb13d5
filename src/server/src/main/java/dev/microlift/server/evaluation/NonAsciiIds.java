package dev.microlift.server.evaluation;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Warns, once, of unit ids with other characters than ASCII: the hash is over UTF-16 code units, and SDKs in languages whose
 * texts are bytes put such a unit into another bucket.
 */
final class NonAsciiIds {

    private static final Logger LOG = Logger.getLogger(NonAsciiIds.class);

    private final AtomicBoolean warned = new AtomicBoolean();

    /** Looks at an id; true if it was the one to warn of. */
    boolean look(String unitId) {
        if (warned.get() || isAscii(unitId) || !warned.compareAndSet(false, true)) {
            return false;
        }
        LOG.warn(
                "unit ids with other characters than ASCII are in use (this is said once): SDKs in languages whose texts"
                        + " are bytes place them differently than this server; use ASCII ids where several evaluate");
        return true;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
