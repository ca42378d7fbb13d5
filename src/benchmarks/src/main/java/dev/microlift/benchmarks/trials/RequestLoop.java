package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Many connections that send the same rendered requests in turn, each as soon as the answer before has come.
 *
 * @param requests whole requests, head and body
 */
record RequestLoop(Api api, List<byte[]> requests, int connections) {

    RequestLoop {
        requests = List.copyOf(requests);
    }

    /**
     * Sends until the time is over.
     *
     * @return how many were answered
     * @throws IllegalStateException if one is answered with anything but success
     */
    long during(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        List<Background<Long>> running = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int first = i * requests.size() / connections;
            running.add(Background.start(() -> sendUntil(end, first)));
        }
        long answered = 0;
        for (Background<Long> each : running) {
            answered += each.await();
        }
        return answered;
    }

    private long sendUntil(long end, int first) throws IOException {
        long answered = 0;
        try (Connection connection = new Connection(api.address())) {
            for (int i = first; System.nanoTime() < end; i = (i + 1) % requests.size()) {
                Answer answer = connection.send(requests.get(i));
                if (answer.status() != 200) {
                    throw new IllegalStateException("answered with " + answer.status() + ": " + answer.body());
                }
                answered++;
            }
        }
        return answered;
    }
}
