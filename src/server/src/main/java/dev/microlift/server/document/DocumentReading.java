package dev.microlift.server.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads bodies on routes that must not wait. */
public final class DocumentReading {

    /** Bodies of this length are in memory before a route is called; the rest of a longer one must be waited for. */
    private static final int IN_MEMORY_BYTES = 10_000;

    private DocumentReading() {}

    /**
     * Reads a document as {@link Documents#read} does: at once if all of it is there, otherwise on another thread.
     *
     * @param contentLength the header; without it the length is not known
     */
    public static Uni<JsonNode> of(InputStream body, @Nullable Long contentLength) {
        Uni<JsonNode> reading = Uni.createFrom().item(() -> Documents.read(body));
        return contentLength != null && contentLength <= IN_MEMORY_BYTES ? reading : OffLoop.run(reading);
    }
}
