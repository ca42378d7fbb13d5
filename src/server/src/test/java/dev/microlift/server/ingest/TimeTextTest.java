package dev.microlift.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

    @ParameterizedTest
    @CsvSource({
        "2026-05-20T12:00:00Z, 2026-05-20T12:00:00Z",
        "2026-05-20T12:00:00.123Z, 2026-05-20T12:00:00.123Z",
        "2026-05-20T12:00:00.123456789Z, 2026-05-20T12:00:00.123456789Z",
        "2026-05-20T14:00:00+02:00, 2026-05-20T12:00:00Z",
        "2026-05-20T14:00:00+0200, 2026-05-20T12:00:00Z",
        "2026-05-20T14:00:00+02, 2026-05-20T12:00:00Z",
        "2026-05-20T06:30:00-05:30, 2026-05-20T12:00:00Z",
        "2026-05-20t12:00:00z, 2026-05-20T12:00:00Z",
        "2026-05-20T12:00Z, 2026-05-20T12:00:00Z",
        "2026-05-20T12:00:00, 2026-05-20T12:00:00Z",
        "2024-02-29T12:00:00.001Z, 2024-02-29T12:00:00.001Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
        "2026-05-20, 2026-05-20T00:00:00Z",
        "1969-07-20T20:17:40Z, 1969-07-20T20:17:40Z"
    })
    void isoTimesAreUnderstoodAndAreUtcWithoutAnOffset(String text, Instant time) {
        assertThat(TimeText.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "1716206400000",
                "2026-05-20 12:00:00",
                "2026-02-30T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-05-20T24:00:00Z",
                "2026-05-20T12:00:60Z",
                "2026-05-20T12:00:00Z ",
                "2026-05-20T12:00:00+25:00",
                "2026-05-20T12:00:00+02:00+0300",
                "2026-05-20T12:00:00+0200Z",
                "0000-12-31T00:00:00Z",
                "2025-02-29T12:00:00.000Z",
                "2026-00-01T12:00:00Z",
                "2026-01-00T12:00:00Z",
                "2026-05-20T12:60:00.000Z",
                "+10000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "2026-05-20T12:00:00.0000000000000000000000000000000Z"
            })
    void otherTextsNameNoTime(String text) {
        assertThat(TimeText.parse(text)).isEmpty();
    }
}
