package dev.microlift.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microlift.server.access.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BotsTest {

    private static final String GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    private static final String CHROME =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

    private final Bots bots = new Bots(new UserAgents());

    private Predicate<JsonNode> among(Role role, String userAgent) {
        return bots.among(role, Optional.of(userAgent));
    }

    private static JsonNode context(String userAgent) {
        return JsonNodeFactory.instance.objectNode().put("userAgent", userAgent);
    }

    private static JsonNode noContext() {
        return JsonNodeFactory.instance.objectNode();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GOOGLE,
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/126.0.0.0 Safari/537.36",
                "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)",
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.0; +https://openai.com/gptbot)",
                "curl/8.5.0",
                "python-requests/2.31.0"
            })
    void knownRobotsAreTold(String userAgent) {
        assertThat(among(Role.CLIENT, userAgent).test(noContext())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CHROME,
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:126.0) Gecko/20100101 Firefox/126.0",
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
                "Mozilla/5.0 (Linux; Android 11; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/108.11.8 like Chrome/108.0.5359.220 Safari/537.36",
                "Mozilla/5.0 (Linux; Android 10; Cubot X18) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
                "okhttp/4.9.0",
                ""
            })
    void peopleAreNot(String userAgent) {
        assertThat(among(Role.CLIENT, userAgent).test(noContext())).isFalse();
    }

    @Test
    void whatTheMessageSaysGoesBeforeWhatTheRequestSays() {
        assertThat(among(Role.CLIENT, GOOGLE).test(context(CHROME))).isFalse();
        assertThat(among(Role.CLIENT, CHROME).test(context(GOOGLE))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLIENT")
    void whatABackEndSendsIsForSomebody(Role role) {
        assertThat(among(role, "curl/8.5.0").test(context(GOOGLE))).isFalse();
    }

    @Test
    void namesMadeToTakeLongTakeNoTime() {
        Predicate<JsonNode> client = among(Role.CLIENT, CHROME);
        String hostile = "Mozilla/5.0 (Android bot " + "Mobile ".repeat(100_000);
        long start = System.nanoTime();

        int told = 0;
        for (int i = 0; i < 2_500; i++) {
            told += client.test(context(i + hostile)) ? 1 : 0;
        }

        assertThat(told).isLessThanOrEqualTo(16);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
