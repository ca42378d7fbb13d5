package dev.microlift.server.eventstore;

import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Since when there are exposures to experiments. */
public final class FirstExposures {

    private static final String QUERY = """
            select experiment, min(least(time_ms, received_ms)) as first_ms
            from human_events
            where experiment in ({experiments})
            group by experiment
            """;

    private FirstExposures() {}

    /** When the first one to each of these experiments happened or came in, whichever was earlier; only of those with any. */
    public static Map<String, Instant> of(EventStore store, Collection<String> experiments) {
        if (experiments.isEmpty()) {
            return Map.of();
        }
        String keys = experiments.stream().map(StoreSql::quoted).collect(Collectors.joining(", "));
        return store.read(connection -> {
            try (Statement query = connection.createStatement()) {
                Map<String, Instant> first = new HashMap<>();
                try (ResultSet rows = query.executeQuery(QUERY.replace("{experiments}", keys))) {
                    while (rows.next()) {
                        first.put(rows.getString(1), Instant.ofEpochMilli(rows.getLong(2)));
                    }
                }
                return first;
            }
        });
    }
}
