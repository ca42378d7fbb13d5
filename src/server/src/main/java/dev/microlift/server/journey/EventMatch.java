package dev.microlift.server.journey;

import java.util.List;

/** Events of one name whose properties meet every condition. */
public record EventMatch(String event, List<PropertyCondition> where) {

    public EventMatch {
        where = List.copyOf(where);
    }
}
