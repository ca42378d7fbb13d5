package dev.microlift.server.document;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** For routes that answer on the thread that read the request, which must not wait. */
public final class OffLoop {

    private OffLoop() {}

    /**
     * Answers here and now, unless the answer may have to wait: then on a thread that may. There is no {@code Uni} to go
     * through where none is needed, because each step of one that is still to come costs more than most answers.
     */
    public static <T> Uni<T> run(boolean mayWait, Supplier<Uni<T>> answering) {
        return mayWait ? on(Infrastructure.getDefaultWorkerPool(), answering) : answering.get();
    }

    /** Answers on one of these threads. What fails after the caller has gone is no error of the server, and not told. */
    public static <T> Uni<T> on(Executor threads, Supplier<Uni<T>> answering) {
        Supplier<Uni<T>> inContext = Infrastructure.decorate(answering);
        return Uni.createFrom()
                .emitter(answer -> threads.execute(() -> {
                    try {
                        inContext.get().subscribe().with(answer::complete, answer::fail);
                    } catch (RuntimeException | Error failure) {
                        answer.fail(failure);
                    }
                }));
    }
}
