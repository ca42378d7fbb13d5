package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
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
}
