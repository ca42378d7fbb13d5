package dev.microlift.server.ingest;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The list of the ua-parser project, as its Java library brings it. Of the library only the list is used: here it runs on
 * RE2, so that no user agent, however it is made, takes more than linear time.
 *
 * <p>A robot is what the list's first matching device pattern calls a spider (the order matters: the last one takes every
 * "bot" and "silk" for a spider, after the phones and tablets that are called so), and what its browser patterns for bots
 * and for programs without a screen match.
 */
final class BotPatterns {

    private static final String SPIDER = "Spider";

    /** How the patterns of the list that stand for automation can be told: none of their names is a browser's. */
    private static final List<String> AUTOMATION =
            List.of("[Bb]ot", "HeadlessChrome", "PhantomJS", "python-requests", "|curl|");

    private final List<Device> devices = new ArrayList<>();
    private final List<Pattern> automation = new ArrayList<>();

    private record Device(Pattern pattern, boolean isSpider) {}

    /** Reads the list, which takes a quarter of a second; it is 8 MB then. */
    BotPatterns() {
        Map<String, List<Map<String, String>>> list = read();
        for (Map<String, String> entry : list.getOrDefault("device_parsers", List.of())) {
            boolean ignoresCase = "i".equals(entry.get("regex_flag"));
            devices.add(new Device(
                    Pattern.compile(regex(entry), ignoresCase ? Pattern.CASE_INSENSITIVE : 0),
                    SPIDER.equals(entry.get("device_replacement"))));
        }
        for (Map<String, String> entry : list.getOrDefault("user_agent_parsers", List.of())) {
            if (AUTOMATION.stream().anyMatch(regex(entry)::contains)) {
                automation.add(Pattern.compile(regex(entry)));
            }
        }
    }

    private static String regex(Map<String, String> entry) {
        return Objects.requireNonNull(entry.get("regex"), "every entry of the list has a pattern");
    }

    private static Map<String, List<Map<String, String>>> read() {
        try (InputStream list = BotPatterns.class.getResourceAsStream("/ua_parser/regexes.yaml")) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(list);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** True for a robot. */
    boolean isBot(String userAgent) {
        return automation.stream()
                        .anyMatch(pattern -> pattern.matcher(userAgent).find())
                || isSpider(userAgent);
    }

    /** The few spider patterns are asked first, and the hundreds before one only if it matches. */
    private boolean isSpider(String userAgent) {
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i).isSpider() && matches(i, userAgent)) {
                return !isDeviceBefore(i, userAgent);
            }
        }
        return false;
    }

    private boolean isDeviceBefore(int end, String userAgent) {
        for (int i = 0; i < end; i++) {
            if (!devices.get(i).isSpider() && matches(i, userAgent)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(int index, String userAgent) {
        return devices.get(index).pattern().matcher(userAgent).find();
    }
}
