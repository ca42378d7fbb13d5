package dev.microlift.server.eventstore;

import dev.microlift.server.document.Page;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;

/** Two texts that a list is ordered by. Both may hold any character, so a cursor says where the first one ends. */
record PairKey(String first, String second) {

    /** Where a part of a list starts; two empty texts for its beginning. */
    static PairKey after(Page.Request request) {
        return request.after().isEmpty() ? new PairKey("", "") : parse(request.after());
    }

    String text() {
        return first.length() + ":" + first + second;
    }

    private static PairKey parse(String text) {
        int colon = text.indexOf(':');
        try {
            int end = colon + 1 + Integer.parseInt(text.substring(0, Math.max(0, colon)));
            return new PairKey(text.substring(colon + 1, end), text.substring(end));
        } catch (NumberFormatException | IndexOutOfBoundsException notOurs) {
            throw new ProblemException(ErrorCode.INVALID_PARAMETER, "cursor is not one that this list handed out");
        }
    }
}
