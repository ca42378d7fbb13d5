package dev.microlift.server.alert.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where a message goes: an address of the internet that was looked up once and checked, so that what is connected to is what
 * was checked.
 *
 * @param url what was asked for; names the host to its receiver
 * @param address where that host is now
 */
record Destination(URI url, InetAddress address) {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** Why nothing is sent there. The reason tells no address: names within a network are nobody's business. */
    static final class RefusedException extends Exception {
        private final String reason;

        RefusedException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /**
     * Reads an address as somebody wrote it; who is behind it is looked up when something is sent.
     *
     * @param allowPrivate whether {@code http} may lead to this machine
     */
    static URI parse(String text, boolean allowPrivate) throws RefusedException {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !(scheme.equals("http") && allowPrivate)) {
                throw new RefusedException("an https address is expected");
            }
            if (url.getHost() == null || url.getPort() == 0 || url.getPort() > 0xffff) {
                throw new RefusedException("an address with a host is expected, such as https://example.com/hooks");
            }
            if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
                throw new RefusedException("an address has neither a user nor a fragment");
            }
            return url;
        } catch (URISyntaxException malformed) {
            throw new RefusedException("an address such as https://example.com/hooks is expected");
        }
    }

    /** Looks the host up, once. If any of its addresses may not be connected to, none is. */
    static Destination find(String text, boolean allowPrivate) throws RefusedException {
        URI url = parse(text, allowPrivate);
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(url.getHost());
        } catch (UnknownHostException unknown) {
            throw new RefusedException("the host is not known");
        }
        if (!Arrays.stream(found).allMatch(address -> isAllowed(url, address, allowPrivate))) {
            throw new RefusedException("the host is not on the public internet");
        }
        return new Destination(url, found[0]);
    }

    private static boolean isAllowed(URI url, InetAddress address, boolean allowPrivate) {
        return isSecure(url)
                ? allowPrivate || Addresses.isPublic(address)
                : allowPrivate && address.isLoopbackAddress();
    }

    private static boolean isSecure(URI url) {
        return url.getScheme().equalsIgnoreCase("https");
    }

    boolean isSecure() {
        return isSecure(url);
    }

    int port() {
        return url.getPort() > 0 ? url.getPort() : isSecure() ? HTTPS : HTTP;
    }

    /** What is asked of the receiver: path and query. */
    String target() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
