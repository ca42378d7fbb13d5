package dev.microlift.server.document;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import java.util.concurrent.CompletionStage;
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

    /** Answers on a thread that may wait. */
    public static <T> Uni<T> run(Supplier<T> answering) {
        return run(Context.isOnEventLoopThread(), () -> Uni.createFrom().item(answering.get()));
    }

    /**
     * Works on the answer on a thread that may wait, which is free again once the rest of it is only to come: then nobody
     * waits.
     */
    public static <T> Uni<T> begin(Supplier<CompletionStage<T>> answering) {
        return run(Context.isOnEventLoopThread(), () -> Uni.createFrom().completionStage(answering.get()));
    }
}
