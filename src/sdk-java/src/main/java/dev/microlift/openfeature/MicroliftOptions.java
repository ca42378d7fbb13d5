package dev.microlift.openfeature;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How an application uses a server.
 *
 * @param endpoint the server's address; by default the environment's {@code OFREP_ENDPOINT}
 * @param key a key that may evaluate and send events; by default the bearer token in {@code OFREP_HEADERS}
 * @param headers sent with every request; by default those of {@code OFREP_HEADERS}
 * @param requestTimeout longest duration of a request; by default {@code OFREP_TIMEOUT_MS}, or 10 s
 * @param startTimeout longest wait for the first configuration; 5 s by default
 * @param pollInterval between two questions for a new configuration while there is no stream; 30 s by default
 * @param staleAfter the configuration is stale when nobody has confirmed it for so long; 2 minutes by default
 * @param streaming whether to listen to the server's stream of changes; true by default
 * @param queueCapacity messages that may wait; further ones are dropped and counted; 10,000 by default
 * @param batchSize messages that are sent at once, 1 to 2,500; 500 by default
 * @param flushInterval longest time a message waits for others; 5 s by default
 * @param closeTimeout longest time to send what waits when the application ends; 5 s by default
 * @param cacheFile where the last good configuration is kept for the next start; nowhere by default
 * @param bootstrap a configuration to start with when the server does not answer
 * @param recordExposures whether seeing a variant sends an exposure; true by default
 * @param exposureMemory exposures that are remembered so that none is sent twice, at least; 65,536 by default, 16 to 32
 *     bytes each
 * @param clock tells when messages happened
 * @param random gives numbers from 0 to 1 that spread retries
 */
public record MicroliftOptions(
        URI endpoint,
        String key,
        Map<String, String> headers,
        Duration requestTimeout,
        Duration startTimeout,
        Duration pollInterval,
        Duration staleAfter,
        boolean streaming,
        int queueCapacity,
        int batchSize,
        Duration flushInterval,
        Duration closeTimeout,
        Optional<Path> cacheFile,
        Optional<String> bootstrap,
        boolean recordExposures,
        int exposureMemory,
        Clock clock,
        DoubleSupplier random) {

    private static final int LARGEST_BATCH = 2_500;
    private static final int LARGEST_MEMORY = 1 << 26;

    /** What the HTTP client sets itself and refuses to have set. */
    private static final Set<String> RESERVED_HEADERS =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "content-encoding", "content-type");

    public MicroliftOptions {
        headers = Map.copyOf(headers);
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        require(scheme.equals("http") || scheme.equals("https"), "endpoint", "an http or https address is needed");
        require(endpoint.getHost() != null && endpoint.getQuery() == null, "endpoint", "host and path are needed");
        require(key.matches("[\\x21-\\x7e]+"), "key", "a key of visible characters is needed");
        headers.forEach(MicroliftOptions::requireHeader);
        requirePositive(requestTimeout, "requestTimeout");
        requirePositive(startTimeout, "startTimeout");
        requirePositive(pollInterval, "pollInterval");
        requirePositive(staleAfter, "staleAfter");
        requirePositive(flushInterval, "flushInterval");
        requirePositive(closeTimeout, "closeTimeout");
        require(queueCapacity > 0, "queueCapacity", "at least 1 is needed");
        require(batchSize > 0 && batchSize <= LARGEST_BATCH, "batchSize", "1 to " + LARGEST_BATCH + " are possible");
        require(
                exposureMemory > 0 && exposureMemory <= LARGEST_MEMORY,
                "exposureMemory",
                "1 to " + LARGEST_MEMORY + " are possible");
    }

    /** Options from the environment and defaults, to be refined. */
    public static Builder builder() {
        return builder(System.getenv());
    }

    static Builder builder(Map<String, String> environment) {
        return new Builder(new OfrepEnvironment(environment));
    }

    /** Keeps the key and the headers, which may hold secrets, out of logs. */
    @Override
    public String toString() {
        return "MicroliftOptions[endpoint=" + endpoint + "]";
    }

    private static void requireHeader(String name, String value) {
        require(
                name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
                        && !RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
                "headers",
                "a header cannot be called " + name);
        require(
                value.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\t'),
                "headers",
                "the value of " + name + " has characters that a header cannot have");
    }

    private static void requirePositive(Duration duration, String option) {
        require(!duration.isNegative() && !duration.isZero(), option, "a positive duration is needed");
    }

    private static void require(boolean holds, String option, String message) {
        if (!holds) {
            throw new IllegalArgumentException(option + ": " + message);
        }
    }

    /** Collects options; what is not set comes from the environment or is the default. */
    public static final class Builder {

        private static final String AUTHORIZATION = "Authorization";
        private static final String BEARER = "Bearer ";

        private final OfrepEnvironment environment;
        private @Nullable String endpoint;
        private @Nullable String key;
        private @Nullable Map<String, String> headers;
        private @Nullable Duration requestTimeout;
        private Duration startTimeout = Duration.ofSeconds(5);
        private Duration pollInterval = Duration.ofSeconds(30);
        private Duration staleAfter = Duration.ofMinutes(2);
        private boolean streaming = true;
        private int queueCapacity = 10_000;
        private int batchSize = 500;
        private Duration flushInterval = Duration.ofSeconds(5);
        private Duration closeTimeout = Duration.ofSeconds(5);
        private Optional<Path> cacheFile = Optional.empty();
        private Optional<String> bootstrap = Optional.empty();
        private boolean recordExposures = true;
        private int exposureMemory = 1 << 16;
        private Clock clock = Clock.systemUTC();
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        private Builder(OfrepEnvironment environment) {
            this.environment = environment;
        }

        public Builder endpoint(String address) {
            this.endpoint = address;
            return this;
        }

        public Builder key(String text) {
            this.key = text;
            return this;
        }

        public Builder headers(Map<String, String> byName) {
            this.headers = byName;
            return this;
        }

        public Builder requestTimeout(Duration most) {
            this.requestTimeout = most;
            return this;
        }

        public Builder startTimeout(Duration most) {
            this.startTimeout = most;
            return this;
        }

        public Builder pollInterval(Duration interval) {
            this.pollInterval = interval;
            return this;
        }

        public Builder staleAfter(Duration age) {
            this.staleAfter = age;
            return this;
        }

        public Builder streaming(boolean on) {
            this.streaming = on;
            return this;
        }

        public Builder queueCapacity(int messages) {
            this.queueCapacity = messages;
            return this;
        }

        public Builder batchSize(int messages) {
            this.batchSize = messages;
            return this;
        }

        public Builder flushInterval(Duration interval) {
            this.flushInterval = interval;
            return this;
        }

        public Builder closeTimeout(Duration most) {
            this.closeTimeout = most;
            return this;
        }

        public Builder cacheFile(Path file) {
            this.cacheFile = Optional.of(file);
            return this;
        }

        public Builder bootstrap(String configuration) {
            this.bootstrap = Optional.of(configuration);
            return this;
        }

        public Builder recordExposures(boolean on) {
            this.recordExposures = on;
            return this;
        }

        public Builder exposureMemory(int exposures) {
            this.exposureMemory = exposures;
            return this;
        }

        public Builder clock(Clock source) {
            this.clock = source;
            return this;
        }

        public Builder random(DoubleSupplier source) {
            this.random = source;
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException naming the option that is missing or wrong
         */
        public MicroliftOptions build() {
            Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            sent.putAll(headers == null ? environment.headers() : headers);
            String bearer = sent.remove(AUTHORIZATION);
            return new MicroliftOptions(
                    address(),
                    key == null ? keyIn(bearer) : key,
                    sent,
                    requestTimeout == null ? environment.timeout().orElse(Duration.ofSeconds(10)) : requestTimeout,
                    startTimeout,
                    pollInterval,
                    staleAfter,
                    streaming,
                    queueCapacity,
                    batchSize,
                    flushInterval,
                    closeTimeout,
                    cacheFile,
                    bootstrap,
                    recordExposures,
                    exposureMemory,
                    clock,
                    random);
        }

        private URI address() {
            String text = endpoint == null ? environment.endpoint().orElse("") : endpoint;
            require(!text.isBlank(), "endpoint", "neither set nor in OFREP_ENDPOINT");
            try {
                return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException("endpoint: " + malformed.getMessage(), malformed);
            }
        }

        private static String keyIn(@Nullable String authorization) {
            if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                throw new IllegalArgumentException("key: neither set nor a bearer token in OFREP_HEADERS");
            }
            return authorization.substring(BEARER.length()).strip();
        }
    }
}
