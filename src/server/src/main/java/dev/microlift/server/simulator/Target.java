package dev.microlift.server.simulator;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The server to play against.
 *
 * @param url its address, without a slash at the end
 * @param key a key of the role admin
 */
record Target(String url, String key) {

    Target {
        requireAddress(url);
        url = url.replaceAll("/+$", "");
        if (key.isBlank()) {
            throw new IllegalArgumentException("a key is needed: --key or MICROLIFT_ADMIN_KEY");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the key holds a character that no key has");
        }
    }

    private static void requireAddress(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                return;
            }
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("the url must be like http://127.0.0.1:8080", malformed);
        }
        throw new IllegalArgumentException("the url must be like http://127.0.0.1:8080");
    }

    /** Never the key. */
    @Override
    public String toString() {
        return url;
    }
}
