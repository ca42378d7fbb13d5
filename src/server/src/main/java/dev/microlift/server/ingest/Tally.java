package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Receipt;
import java.util.Collections;
import java.util.List;

/** How many of some messages met which fate in the log. */
record Tally(int accepted, int duplicates, int conflicts, int refused) {

    static Tally of(List<Receipt> receipts) {
        return new Tally(
                Collections.frequency(receipts, Receipt.STORED),
                Collections.frequency(receipts, Receipt.DUPLICATE),
                Collections.frequency(receipts, Receipt.CONFLICT),
                Collections.frequency(receipts, Receipt.REFUSED));
    }
}
