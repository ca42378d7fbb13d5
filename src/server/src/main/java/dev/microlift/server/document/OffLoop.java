package dev.microlift.server.document;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** For routes that answer on the thread that read the request, which must not wait. */
public final class OffLoop {

    private OffLoop() {}

    /** The same on a thread that may wait. */
    public static <T> Uni<T> run(Uni<T> answering) {
        return answering.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
