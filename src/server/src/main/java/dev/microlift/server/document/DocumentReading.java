package dev.microlift.server.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.io.InputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads bodies on routes that must not wait. */
public final class DocumentReading {

    /** Bodies of this length are in memory before a route is called; the rest of a longer one must be waited for. */
    private static final int IN_MEMORY_BYTES = 10_000;

    private DocumentReading() {}

    /**
     * Reads a document as {@link Documents#read} does, and answers it: at once if all of it is there, otherwise on another
     * thread.
     *
     * @param contentLength the header; without it the length is not known
     */
    public static <T> Uni<T> answer(
            InputStream body, @Nullable Long contentLength, Function<JsonNode, Uni<T>> answering) {
        boolean isThere = contentLength != null && contentLength <= IN_MEMORY_BYTES;
        return OffLoop.run(!isThere, () -> answering.apply(Documents.read(body)));
    }
}
