package dev.microlift.server.audit;

import dev.microlift.server.document.Page;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; an absent part asks for all.
 *
 * @param kind of the object
 * @param key of the object
 * @param actor id of who did it
 * @param from the earliest time, itself included
 * @param to the latest time, itself not included
 */
record AuditQuery(Optional<String> kind, Optional<String> key, Optional<String> actor, Instant from, Instant to) {

    private static final int PART = 500;

    /** Times that hold everything, and that the database can hold. */
    private static final Instant EVER = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * Reads query parameters.
     *
     * @param object {@code kind} or {@code kind/key}
     * @throws ProblemException naming the parameter that is wrong
     */
    static AuditQuery of(@Nullable String object, @Nullable String actor, @Nullable String from, @Nullable String to) {
        Optional<String[]> parts = Optional.ofNullable(object).map(text -> text.split("/", 2));
        return new AuditQuery(
                parts.map(part -> part[0]),
                parts.filter(part -> part.length == 2).map(part -> part[1]),
                Optional.ofNullable(actor),
                time("from", from, EVER),
                time("to", to, NEVER));
    }

    private static Instant time(String name, @Nullable String text, Instant absent) {
        try {
            Instant time = text == null ? absent : Instant.parse(text);
            if (!time.isBefore(EVER) && !time.isAfter(NEVER)) {
                return time;
            }
        } catch (DateTimeParseException malformed) {
            // told below
        }
        throw new ProblemException(
                ErrorCode.INVALID_PARAMETER, name + " must be a time such as 2026-01-31T08:00:00.000Z");
    }

    /** A part of what fits, the newest first. */
    Page<AuditEntry> page(Page.Request request) {
        return Page.of(
                before(request.number(Long.MAX_VALUE), request.limit() + 1),
                request,
                entry -> Long.toString(entry.id()));
    }

    /** All that fits, the newest first; never more than a part of it is in memory. */
    void forEach(Consumer<AuditEntry> reader) {
        long last = Long.MAX_VALUE;
        List<AuditEntry> part;
        do {
            part = before(last, PART);
            part.forEach(reader);
            last = part.isEmpty() ? last : part.get(part.size() - 1).id();
        } while (part.size() == PART);
    }

    private List<AuditEntry> before(long id, int limit) {
        StringBuilder where = new StringBuilder("id < :id and occurredAt >= :from and occurredAt < :to");
        Map<String, Object> values = new HashMap<>(Map.of("id", id, "from", from, "to", to));
        kind.ifPresent(kind -> {
            where.append(" and objectKind = :kind");
            values.put("kind", kind);
        });
        key.ifPresent(key -> {
            where.append(" and objectKey = :key");
            values.put("key", key);
        });
        actor.ifPresent(actor -> {
            where.append(" and actorId = :actor");
            values.put("actor", actor);
        });
        return QuarkusTransaction.requiringNew()
                .call(
                        () -> AuditEntryEntity.<AuditEntryEntity>find(where.toString(), Sort.descending("id"), values)
                                .page(0, limit)
                                .list()
                                .stream()
                                .map(AuditEntryEntity::shown)
                                .toList());
    }
}
