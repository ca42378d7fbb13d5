package dev.microlift.server.ingest;

import static io.restassured.RestAssured.given;

import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.Questions;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** A message with an id that no other test has, to be sent in one way or another and found again. */
abstract class OneMessage {

    @Inject
    EventStore store;

    final String id = UUID.randomUUID().toString();

    List<String> stored(String columns) {
        return Questions.ask(store, "select " + columns + " from events where message_id = ?", id);
    }

    String track() {
        return "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u1\", \"messageId\": \"" + id + "\"}";
    }

    /** A request without a key. */
    static RequestSpecification json(String body) {
        return given().contentType("application/json").body(body);
    }
}
