package dev.microlift.server.limit;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;

/**
 * Where a request comes from, as far as one sender can be told from others. Of an IPv6 address the first 64 bits count:
 * the rest is the sender's to choose.
 */
final class SenderAddress {

    private static final int NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    private SenderAddress() {}

    /** The address of the connection, or the one that a proxy tells if its headers are believed. */
    static String of(HttpServerRequest request) {
        var address = request.remoteAddress();
        return address == null || address.hostAddress() == null ? "" : of(address.hostAddress());
    }

    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length != IPV6_BYTES
                ? address
                : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES);
    }
}
