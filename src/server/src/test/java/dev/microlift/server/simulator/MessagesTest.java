package dev.microlift.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Instant BEGIN = Instant.parse("2026-05-01T12:00:00Z");
    private static final Attributes MOBILE = new Attributes("mobile", "mail");
    private static final Messages MESSAGES = new Messages("shop-7", 7, BEGIN);

    private static Visit visit(boolean lost, Optional<Duration> crossover) {
        return new Visit(
                MOBILE,
                Duration.ofHours(1),
                lost,
                crossover,
                List.of(
                        new Visit.Act(ShopStep.SEARCH, Duration.ofSeconds(5)),
                        new Visit.Act(ShopStep.PURCHASE, Duration.ofSeconds(90))),
                12.5);
    }

    @Test
    void aVisitIsItsExposureAndThenItsSteps() {
        List<ObjectNode> messages = MESSAGES.of(3, Arm.TREATMENT, visit(false, Optional.empty()));

        assertThat(messages)
                .extracting(message -> message.path("event").asText())
                .containsExactly("Experiment Viewed", "Products Searched", "Order Completed");
        assertThat(messages)
                .extracting(message -> message.path("timestamp").asText())
                .containsExactly("2026-05-01T11:00:00Z", "2026-05-01T11:00:05Z", "2026-05-01T11:01:30Z");
        assertThat(messages)
                .extracting(message -> message.path("messageId").asText())
                .containsExactly("shop-7-7-3-exposure", "shop-7-7-3-search", "shop-7-7-3-purchase");
        assertThat(messages)
                .extracting(message -> message.path("userId").asText())
                .containsOnly("shop-7-7-3");
        assertThat(messages.get(0).path("properties").toString())
                .isEqualTo("{\"experiment_id\":\"shop-7\",\"variation_id\":\"treatment\","
                        + "\"device\":\"mobile\",\"channel\":\"mail\"}");
        assertThat(messages.get(2).path("properties").path("revenue").asDouble())
                .isEqualTo(12.5);
    }

    @Test
    void aCrossoverSeesTheOtherVariantLast() {
        List<ObjectNode> messages = MESSAGES.of(3, Arm.TREATMENT, visit(false, Optional.of(Duration.ofMinutes(2))));

        ObjectNode last = messages.get(messages.size() - 1);
        assertThat(last.path("properties").path("variation_id").asText()).isEqualTo("control");
        assertThat(last.path("messageId").asText()).isEqualTo("shop-7-7-3-crossover");
        assertThat(last.path("timestamp").asText()).isEqualTo("2026-05-01T11:02:00Z");
    }

    @Test
    void nothingOfALostVisitIsSent() {
        assertThat(MESSAGES.of(3, Arm.TREATMENT, visit(true, Optional.empty()))).isEmpty();
    }

    @Test
    void theLargestBatchOfTheLongestMessagesFitsIntoARequest() {
        Messages longest = new Messages("x".repeat(63), Long.MIN_VALUE, BEGIN);
        Shop certain = new Shop(
                Map.of(ShopStep.SEARCH, 1.0, ShopStep.VIEW, 1.0, ShopStep.CART, 1.0, ShopStep.PURCHASE, 1.0),
                Map.of(),
                1e9);
        Visitors visitors = new Visitors(certain, new Crowd(1, 1, Duration.ZERO, 1, 0));
        List<ObjectNode> visit =
                longest.of(Crowd.MOST_UNITS, Arm.TREATMENT, visitors.visit(Crowd.MOST_UNITS, Arm.TREATMENT));
        ArrayNode batch = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < Play.Pace.LARGEST_BATCH; i++) {
            batch.add(visit.get(i % visit.size()));
        }

        assertThat(visit)
                .allSatisfy(message ->
                        assertThat(message.path("messageId").asText()).hasSizeLessThanOrEqualTo(128));
        assertThat(batch.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(500_000);
    }
}
