package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GunzipTest {

    /** Never knows beforehand whether more comes, as a network connection. */
    private static InputStream arriving(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int available() {
                return 0;
            }
        };
    }

    @Test
    void everyMemberIsReadEvenWhenTheNextHasNotArrivedYet() throws IOException {
        InputStream wire = new SequenceInputStream(
                arriving(BodiesTest.gzip("one ".getBytes(UTF_8))), arriving(BodiesTest.gzip("two".getBytes(UTF_8))));

        assertThat(new String(Gunzip.open(wire).readAllBytes(), UTF_8)).isEqualTo("one two");
    }

    @Test
    void aMemberThatCannotBeBegunIsNotTakenForTheEnd() throws IOException {
        byte[] one = BodiesTest.gzip("one ".getBytes(UTF_8));
        byte[] two = BodiesTest.gzip("two, and so long that it does not go with the first".getBytes(UTF_8));
        byte[] unlike = two.clone();
        unlike[0]++;

        assertBroken(one, unlike);
        for (int length = 1; length < two.length; length++) {
            assertBroken(one, Arrays.copyOf(two, length));
        }
    }

    /** Whether both come together or one after the other. */
    private static void assertBroken(byte[] first, byte[] second) {
        byte[] together = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, together, first.length, second.length);
        assertThatIOException()
                .isThrownBy(
                        () -> Gunzip.open(new ByteArrayInputStream(together)).readAllBytes());
        assertThatIOException()
                .isThrownBy(() -> Gunzip.open(new SequenceInputStream(arriving(first), arriving(second)))
                        .readAllBytes());
    }
}
