package dev.microlift.server.eventlog;

import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MessageLayoutTest {

    @RepeatedTest(200)
    void aMessageIsReadAsItWasWritten(RepetitionInfo repetition) {
        Message message = randomMessage(new Random(repetition.getCurrentRepetition()));

        assertThat(LoggedMessage.of(message).decoded()).isEqualTo(message);
    }

    @RepeatedTest(20)
    void allTextsInOneGoAreThoseThatAreTakenOneByOne(RepetitionInfo repetition) {
        LoggedMessage message = LoggedMessage.of(randomMessage(new Random(repetition.getCurrentRepetition())));

        byte[][] alone = {
            message.messageId(),
            message.event(),
            message.properties(),
            message.context(),
            message.userId(),
            message.anonymousId(),
            message.experiment(),
            message.variant()
        };
        assertThat(Arrays.deepEquals(message.texts(), alone)).isTrue();
    }

    @Test
    void theReleasedLayoutStaysReadable() {
        byte[] written = {
            1, 0, 41, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 1, 'm', 0, 0, 0,
            1, 'e', 0, 0, 0, 2, '{', '}', 0, 0, 0, 2, '{', '}', 0, 0, 0, 1, 'u', 0, 0, 0, 1, 'x', 0, 0, 0, 1, 'v'
        };

        Message message = new LoggedMessage(ByteBuffer.wrap(written), 0).decoded();

        assertThat(message.messageId()).isEqualTo("m");
        assertThat(message.userId()).isEqualTo("u");
        assertThat(message.late()).isTrue();
        assertThat(message.time().toEpochMilli()).isEqualTo(5);
        assertThat(message.receivedAt().toEpochMilli()).isEqualTo(6);
        assertThat(message.content()).isEqualTo(7);
        assertThat(message.exposure()).isEqualTo(new Exposure("x", "v"));
    }

    @Test
    void aLayoutOfALaterReleaseIsRefused() {
        ByteBuffer written = ByteBuffer.wrap(new byte[] {2});

        assertThatIllegalStateException()
                .isThrownBy(() -> new LoggedMessage(written, 0))
                .withMessageContaining("later release");
    }

    static Message randomMessage(Random random) {
        return new Message(
                text(random, 1),
                List.copyOf(EnumSet.allOf(Kind.class)).get(random.nextInt(6)),
                text(random, 1),
                random.nextBoolean() ? text(random, 0) : null,
                text(random, 0),
                random.nextBoolean() ? Map.of() : Map.of(text(random, 1) + "a", text(random, 0), "b", "c"),
                NOON.plusMillis(random.nextInt()),
                NOON.minusMillis(random.nextInt()),
                "{\"a\": \"" + text(random, 0) + "\"}",
                "{}",
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(),
                random.nextBoolean() ? new Exposure(text(random, 1), text(random, 1)) : null);
    }

    private static String text(Random random, int shortest) {
        return random.ints(shortest + random.nextInt(40), 1, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .collect(() -> new StringBuilder("t"), StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
