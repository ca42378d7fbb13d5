package dev.microlift.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.configuration.ConfigurationChanged;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenStreamTest {

    private final CompletableFuture<OpenStream> opened = new CompletableFuture<>();
    private final AtomicInteger hungUp = new AtomicInteger();

    private OpenStream openedBy(AssertSubscriber<ConfigurationChanged> reader) {
        Multi.createFrom()
                .<ConfigurationChanged>emitter(
                        emitter -> opened.complete(new OpenStream("key1", emitter, hungUp::incrementAndGet)),
                        BackPressureStrategy.LATEST)
                .subscribe(reader);
        return opened.join();
    }

    private static ConfigurationChanged version(long version) {
        return new ConfigurationChanged(version, Instant.EPOCH);
    }

    @Test
    void aSlowReaderIsGivenOnlyTheLatestOfWhatItMissed() {
        AssertSubscriber<ConfigurationChanged> reader = AssertSubscriber.create(0);
        OpenStream stream = openedBy(reader);

        for (int i = 1; i <= 1_000; i++) {
            stream.tell(version(i));
        }
        reader.request(10);

        assertThat(reader.getItems()).containsExactly(version(1_000));
    }

    @Test
    void whoTakesNothingFromOneBeatToTheNextIsHungUpOn() {
        AssertSubscriber<ConfigurationChanged> reader = AssertSubscriber.create(0);
        OpenStream stream = openedBy(reader);

        stream.beat(version(1));
        assertThat(hungUp).hasValue(0);
        stream.beat(version(1));

        assertThat(hungUp).hasValue(1);
    }

    @Test
    void whoReadsAgainInTimeStays() {
        AssertSubscriber<ConfigurationChanged> reader = AssertSubscriber.create(0);
        OpenStream stream = openedBy(reader);

        stream.beat(version(1));
        reader.request(2);
        stream.beat(version(1));
        stream.beat(version(1));

        assertThat(hungUp).hasValue(0);
        assertThat(reader.getItems()).hasSize(2);
    }

    @Test
    void anEndedStreamIsOver() {
        AssertSubscriber<ConfigurationChanged> reader = AssertSubscriber.create(1);

        openedBy(reader).end();

        reader.assertCompleted();
    }
}
