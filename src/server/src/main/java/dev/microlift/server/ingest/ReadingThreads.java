package dev.microlift.server.ingest;

import dev.microlift.server.document.OffLoop;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Where requests are read whose bodies have come. Reading is all work and hardly any waiting, so there are not many threads:
 * of more, all would be slower. Of fewer, reports that are made meanwhile would leave them too little of the processors.
 */
@ApplicationScoped
class ReadingThreads {

    private static final String NAME = "ingest-reader";

    private static final int BESIDES_PROCESSORS = 1;

    private final ExecutorService threads;

    ReadingThreads(MeterRegistry meters) {
        AtomicInteger numbers = new AtomicInteger();
        threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors() + BESIDES_PROCESSORS, work -> {
                    Thread thread = new Thread(work, NAME + "-" + numbers.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        new ExecutorServiceMetrics(threads, NAME, Tags.empty()).bindTo(meters);
    }

    /** Works on one of them; but here and now if this thread may wait, as one does that receives the rest of a long body. */
    <T> Uni<T> run(Supplier<Uni<T>> work) {
        return Context.isOnEventLoopThread() ? OffLoop.on(threads, work) : work.get();
    }

    @PreDestroy
    void stop() {
        threads.shutdown();
    }
}
