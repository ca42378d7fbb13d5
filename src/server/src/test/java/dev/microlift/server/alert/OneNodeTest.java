package dev.microlift.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class OneNodeTest {

    @Inject
    OneNode oneNode;

    private boolean inAnotherTransaction() {
        return CompletableFuture.supplyAsync(() -> oneNode.tryRun(() -> {})).join();
    }

    @Test
    void whileOneWorksNobodyElseDoes() {
        AtomicReference<Boolean> other = new AtomicReference<>();

        assertThat(oneNode.tryRun(() -> other.set(inAnotherTransaction()))).isTrue();

        assertThat(other).hasValue(false);
        assertThat(inAnotherTransaction()).isTrue();
    }

    @Test
    void whoFailsLetsGo() {
        assertThatThrownBy(() -> oneNode.tryRun(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessageContaining("failed");

        assertThat(inAnotherTransaction()).isTrue();
    }
}
