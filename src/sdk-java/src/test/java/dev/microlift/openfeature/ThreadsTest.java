package dev.microlift.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void threadsAreNamedAndKeepNoApplicationFromEnding() {
        try (FakeServer server = new FakeServer();
                Microlift microlift = Microlift.start(server.options().build())) {
            microlift.track("Page Read", "u1", Map.of());

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .contains("microlift-configuration", "microlift-sender");
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("microlift-"))
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void closingEndsEveryThread() {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        try (FakeServer server = new FakeServer()) {
            for (int i = 0; i < 5; i++) {
                Microlift microlift =
                        Microlift.start(server.options().streaming(true).build());
                microlift.track("Page Read", "u1", Map.of());
                microlift.close();
                microlift.close();
            }

            Eventually.until("the threads have ended", () -> noneBesides(others, "microlift-"));
            Eventually.until("the HTTP clients have ended", () -> {
                // The JDK's client ends its own thread when it is collected.
                System.gc();
                return noneBesides(others, "HttpClient-");
            });
        }
    }

    private static boolean noneBesides(Set<Thread> others, String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(name) && !others.contains(thread));
    }
}
