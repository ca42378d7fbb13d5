package dev.microlift.assignment.growthbook;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The parts of a page's address, read leniently: addresses and patterns come from anybody.
 *
 * @param scheme with the colon and slashes; empty if there is none
 * @param host with the port, in lower case; empty if there is none
 * @param path at least a slash
 * @param query the first value of each parameter, decoded
 * @param anchor with its hash sign; empty if there is none
 * @param afterHost path, query and anchor as they stand
 */
record Address(String scheme, String host, String path, Map<String, String> query, String anchor, String afterHost) {

    private static final String SCHEME_END = "://";

    static Address of(String text) {
        int schemeEnd = text.indexOf(SCHEME_END);
        boolean absolute = schemeEnd > 0 && text.substring(0, schemeEnd).chars().allMatch(Address::isOfScheme);
        int hostStart = absolute ? schemeEnd + SCHEME_END.length() : 0;
        int hostEnd = absolute ? firstOf(text, hostStart, "/?#") : 0;
        int anchorStart = firstOf(text, hostEnd, "#");
        int queryStart = Math.min(firstOf(text, hostEnd, "?"), anchorStart);
        String path = text.substring(hostEnd, queryStart);
        String absolutePath = path.startsWith("/") ? path : "/" + path;
        return new Address(
                text.substring(0, hostStart),
                text.substring(hostStart, hostEnd).toLowerCase(Locale.ROOT),
                absolutePath,
                parameters(text.substring(Math.min(queryStart + 1, anchorStart), anchorStart)),
                text.substring(anchorStart),
                absolutePath + text.substring(queryStart));
    }

    /**
     * A pattern of addresses: {@code example.com/*} means that host, {@code /path} any host.
     */
    static Address ofPattern(String pattern) {
        int dot = pattern.indexOf('.');
        boolean startsWithHost = dot >= 0 && firstOf(pattern, 0, ":/?") > dot;
        Address address = of(startsWithHost ? "https://" + pattern : pattern);
        return address.scheme.isEmpty()
                ? new Address("", "*", address.path, address.query, address.anchor, address.afterHost)
                : address;
    }

    String text() {
        return scheme + host + afterHost;
    }

    private static boolean isOfScheme(int character) {
        return Character.isLetterOrDigit(character) || character == '+' || character == '-' || character == '.';
    }

    private static int firstOf(String text, int from, String characters) {
        int at = from;
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
