package dev.microlift.server.document;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.function.Supplier;

/** For routes that answer on the thread that read the request, which must not wait. */
public final class OffLoop {

    private OffLoop() {}

    /**
     * Answers here and now, unless the answer may have to wait: then on a thread that may. There is no {@code Uni} to go
     * through where none is needed, because each step of one that is still to come costs more than most answers.
     */
    public static <T> Uni<T> run(boolean mayWait, Supplier<Uni<T>> answering) {
        return mayWait
                ? Uni.createFrom().deferred(answering::get).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                : answering.get();
    }
}
