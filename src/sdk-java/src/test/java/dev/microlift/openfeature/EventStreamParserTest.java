package dev.microlift.openfeature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamParserTest {

    private final List<String> events = new ArrayList<>();
    private final EventStreamParser parser =
            new EventStreamParser(100, (name, data) -> events.add(name + "=" + new String(data, UTF_8)));

    @Test
    void eventHasItsNameAndItsData() throws IOException {
        feed("event: features\ndata: {\"a\": 1}\n\n");

        assertThat(events).containsExactly("features={\"a\": 1}");
    }

    @Test
    void linesOfDataAreJoined() throws IOException {
        feed("data: {\ndata:}\n\n");

        assertThat(events).containsExactly("message={\n}");
    }

    @Test
    void everyLineEndOfTheStandardEndsALine() throws IOException {
        feed("event: a\r\ndata: 1\r\n\r\nevent: b\rdata: 2\r\revent: c\ndata: 3\n\n");

        assertThat(events).containsExactly("a=1", "b=2", "c=3");
    }

    @Test
    void eventArrivesHoweverItsBytesAreCut() throws IOException {
        for (byte one : "event: features\r\ndata: ü\r\n\r\n".getBytes(UTF_8)) {
            parser.accept(ByteBuffer.wrap(new byte[] {one}));
        }

        assertThat(events).containsExactly("features=ü");
    }

    @Test
    void commentsAndOtherFieldsSayNothing() throws IOException {
        feed(": still here\n\nid: 7\nretry: 10\ndatabase: x\n\n");

        assertThat(events).isEmpty();
    }

    @Test
    void noticeWithoutDataIsAnEventToo() throws IOException {
        feed("event: features-updated\n\n");

        assertThat(events).containsExactly("features-updated=");
    }

    @Test
    void tooLongALineIsRefused() {
        assertThatThrownBy(() -> feed("data: " + "x".repeat(100))).isInstanceOf(IOException.class);
    }

    @Test
    void tooLongAnEventIsRefused() {
        assertThatThrownBy(() -> feed(("data: " + "x".repeat(40) + "\n").repeat(3)))
                .isInstanceOf(IOException.class);
    }

    private void feed(String text) throws IOException {
        parser.accept(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
}
