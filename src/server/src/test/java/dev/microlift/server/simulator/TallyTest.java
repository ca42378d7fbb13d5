package dev.microlift.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void whatTheServerSaysOfABatchIsAddedUp() throws Exception {
        Tally tally = new Tally();
        String answer = """
                {"accepted": 7, "duplicates": 2, "rejected": [
                  {"index": 1, "messageId": "m", "code": "too-large", "detail": "first"},
                  {"index": 4, "messageId": "n", "code": "too-large", "detail": "second"},
                  {"index": 5, "messageId": "o", "code": "no-unit", "detail": "third"}]}""";
        tally.batchAnswered(Caller.JSON.readTree(answer));
        tally.batchAnswered(Caller.JSON.readTree(answer));

        Tally.Counts counts = tally.counts();

        assertThat(counts.accepted()).isEqualTo(14);
        assertThat(counts.duplicates()).isEqualTo(4);
        assertThat(counts.rejected()).isEqualTo(6);
        assertThat(counts.messages()).isEqualTo(24);
        assertThat(counts.rejections().get("too-large")).isEqualTo(new Tally.Rejection(4, "first"));
    }
}
