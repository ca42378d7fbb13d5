package dev.microlift.server.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;

/** Remembers which user agents are robots: finding out takes most of a millisecond, and there are few of them. */
@ApplicationScoped
class UserAgents {

    private static final int REMEMBERED = 10_000;

    /** No browser has a longer name; what stands behind is not looked at. */
    private static final int LONGEST = 512;

    /** The messages of one request come from one device. More names than this are made up to keep the server busy. */
    private static final int NEW_IN_A_REQUEST = 16;

    private final BotPatterns patterns = new BotPatterns();

    private final Cache<String, Boolean> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** What one request has learnt. */
    Look look() {
        return new Look();
    }

    /** The user agents of one request. */
    final class Look {

        private int fresh;

        private Look() {}

        /** True for a known robot. */
        boolean isBot(String userAgent) {
            String name = userAgent.length() > LONGEST ? userAgent.substring(0, LONGEST) : userAgent;
            Boolean verdict = known.getIfPresent(name);
            if (verdict != null) {
                return verdict;
            }
            if (++fresh > NEW_IN_A_REQUEST) {
                return false;
            }
            boolean isBot = patterns.isBot(name);
            known.put(name, isBot);
            return isBot;
        }
    }
}
