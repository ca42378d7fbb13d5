package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Supplier;

/** The lines of an import, whatever format they are in; a line that is no message is a bad line, not the end. */
interface ImportLines {

    /** Goes to the next line that holds anything; false at the end. */
    boolean advance() throws IOException;

    /** The number of the line that it stands at, from 1. */
    long line();

    /** The message on the line, in the form of the tracking specification. */
    RawMessage message() throws Rejected;

    /** How the line began, as it came. */
    String excerpt();

    /** An id for a message that has none: the same line has the same one in every import. */
    Supplier<String> newId(JsonNode message);
}
