package dev.microlift.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.problem.ErrorCode;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimiterTest {

    private long nanos = 1;

    private Limiter limiter(int quota, Duration window) {
        return new Limiter("test", quota, window, new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos;
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        });
    }

    @Test
    void aQuotaIsTakenAndThenRefused() {
        Limiter limiter = limiter(2, Duration.ofSeconds(1));

        assertThat(limiter.take("a")).isEmpty();
        assertThat(limiter.take("a")).isEmpty();
        assertThat(limiter.take("a"))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));
    }

    @Test
    void everybodyHasAQuotaOfHisOwn() {
        Limiter limiter = limiter(1, Duration.ofSeconds(1));
        limiter.take("a");

        assertThat(limiter.take("b")).isEmpty();
    }

    @Test
    void timeGivesTheQuotaBackEvenly() {
        Limiter limiter = limiter(60, Duration.ofMinutes(1));
        for (int i = 0; i < 60; i++) {
            limiter.take("a");
        }
        assertThat(limiter.check("a")).isPresent();

        nanos += Duration.ofSeconds(1).toNanos();

        assertThat(limiter.take("a")).isEmpty();
        assertThat(limiter.take("a")).isPresent();
    }

    @Test
    void aRefusalSaysWhenToComeBack() {
        Limiter limiter = limiter(1, Duration.ofMinutes(1));
        limiter.take("a");

        assertThat(limiter.take("a"))
                .hasValueSatisfying(refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(1)));
    }

    @Test
    void zeroIsNoLimit() {
        Limiter limiter = limiter(0, Duration.ofSeconds(1));

        assertThat(limiter.isOff()).isTrue();
        for (int i = 0; i < 1000; i++) {
            assertThat(limiter.take("a")).isEmpty();
        }
    }
}
