package dev.microlift.server.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.microlift.server.problem.ProblemException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One limit, kept for everybody apart as a token bucket: it holds the quota of a whole window and is refilled evenly.
 * Whoever has not come for a while, or did so the longest ago when too many are known, starts with a full bucket again.
 */
final class Limiter {

    private static final int MOST_KNOWN = 100_000;

    private final String policy;
    private final int quota;
    private final Duration window;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets;

    /**
     * A limit.
     *
     * @param policy its name, as senders are told
     * @param quota how many in each window; 0 for no limit
     */
    Limiter(String policy, int quota, Duration window, TimeMeter time) {
        this.policy = policy;
        this.quota = quota;
        this.window = window;
        this.time = time;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_KNOWN)
                .expireAfterAccess(window.multipliedBy(2))
                // Waking another thread to tidy up would cost many times what a look-up does.
                .executor(Runnable::run)
                .build();
    }

    boolean isOff() {
        return quota == 0;
    }

    /** Takes one of the quota; a refusal if there is none left. */
    Optional<ProblemException> take(String who) {
        if (isOff() || bucket(who).tryConsume(1)) {
            return Optional.empty();
        }
        return Optional.of(refusal(who));
    }

    /** A refusal if nothing is left of the quota; takes nothing. */
    Optional<ProblemException> check(String who) {
        if (isOff() || bucket(who).getAvailableTokens() > 0) {
            return Optional.empty();
        }
        return Optional.of(refusal(who));
    }

    private Bucket bucket(String who) {
        return buckets.get(
                who,
                unknown -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(quota).refillGreedy(quota, window))
                        .withCustomTimePrecision(time)
                        .build());
    }

    /** With the headers of the IETF's draft "RateLimit header fields for HTTP" beside the usual one. */
    private ProblemException refusal(String who) {
        Duration wait = Duration.ofNanos(bucket(who).estimateAbilityToConsume(1).getNanosToWaitForRefill());
        long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
        return ProblemException.limited(
                "too many requests: the limit is %d in %d s".formatted(quota, window.toSeconds()),
                Duration.ofSeconds(seconds),
                Map.of(
                        "RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(policy, quota, window.toSeconds()),
                        "RateLimit", "\"%s\";r=0;t=%d".formatted(policy, seconds)));
    }
}
