package dev.microlift.server.alert.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to: those of the public internet, by the registries of special-purpose addresses of IANA
 * (RFC 6890 and its successors). Of IPv6 that is a part of {@code 2000::/3}; addresses that carry one of IPv4 inside are not
 * looked into but refused.
 */
final class Addresses {

    private static final List<Range> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // behind a carrier's translation, and the metadata of one cloud
                    "127.0.0.0/8", // loopback
                    "168.63.129.16/32", // the host of machines in one cloud
                    "169.254.0.0/16", // link-local, and the metadata of most clouds
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments, and the metadata of one cloud
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // relays to IPv6
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/3", // multicast, reserved, broadcast
                    "2001::/23", // protocol assignments, with Teredo
                    "2001:db8::/32", // documentation
                    "2002::/16", // addresses of IPv4 inside
                    "3fff::/20") // documentation
            .map(Range::parse)
            .toList();

    private static final Range GLOBAL_IPV6 = Range.parse("2000::/3");

    private Addresses() {}

    /** Whether this is an address of the public internet. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (bytes.length == 4 || GLOBAL_IPV6.contains(bytes))
                && NOT_PUBLIC.stream().noneMatch(range -> range.contains(bytes));
    }

    /** Addresses that begin with the same bits. */
    private record Range(InetAddress start, int bits) {

        static Range parse(String text) {
            String[] parts = text.split("/", -1);
            try {
                return new Range(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]));
            } catch (UnknownHostException impossible) {
                throw new IllegalArgumentException(text, impossible);
            }
        }

        boolean contains(byte[] address) {
            byte[] first = start.getAddress();
            int whole = bits / Byte.SIZE;
            int rest = bits % Byte.SIZE;
            return address.length == first.length
                    && Arrays.equals(address, 0, whole, first, 0, whole)
                    && (rest == 0 || (address[whole] ^ first[whole]) >> (Byte.SIZE - rest) == 0);
        }
    }
}
