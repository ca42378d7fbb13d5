package dev.microlift.benchmarks.trials;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.net.URI;

/**
 * A request with a hundred messages of a shop, written once and then changed in place: only the digits of message and
 * user ids differ between batches, so that making load costs next to nothing beside taking it. Not for several threads.
 */
final class ShopBatch {

    /** Messages of a batch. */
    static final int MESSAGES = 100;

    private static final int BATCH_DIGITS = 8;
    private static final int USER_DIGITS = 6;
    private static final int USERS = 200_000;
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private final byte[] request;
    private final int[] batchAt = new int[MESSAGES];
    private final int[] userAt = new int[MESSAGES];

    /** @param path where it is sent: {@code /v1/batch}, perhaps with a query */
    ShopBatch(Shop shop, Api api, String path) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "{\"batch\":[");
        for (int i = 0; i < MESSAGES; i++) {
            text(body, (i == 0 ? "" : ",") + "{\"type\":\"track\",\"messageId\":\"" + shop.tag() + "-");
            batchAt[i] = body.size();
            text(body, "00000000-" + i + "\",\"userId\":\"u");
            userAt[i] = body.size();
            text(body, "000000\"," + content(shop, i) + "}");
        }
        text(body, "]}");
        byte[] head = head(api.address(), api.key(), path, body.size()).getBytes(US_ASCII);
        this.request = new byte[head.length + body.size()];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body.toByteArray(), 0, request, head.length, body.size());
        for (int i = 0; i < MESSAGES; i++) {
            batchAt[i] += head.length;
            userAt[i] += head.length;
        }
    }

    private static void text(ByteArrayOutputStream to, String text) {
        to.writeBytes(text.getBytes(US_ASCII));
    }

    private static String head(URI address, String key, String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** One exposure, then what visitors of a shop do, seldomer the nearer to paying. */
    private static String content(Shop shop, int i) {
        if (i == 0) {
            return "\"event\":\"Experiment Viewed\",\"properties\":{\"experiment_id\":\"" + shop.tag()
                    + "\",\"variation_id\":\"control\"}";
        }
        if (i < 45) {
            return "\"event\":\"" + shop.event("Searched") + "\",\"properties\":{\"query\":\"gift\",\"results\":" + i
                    + "}";
        }
        if (i < 80) {
            return "\"event\":\"" + shop.event("Viewed") + "\",\"properties\":{\"product_id\":\"p" + i
                    + "\",\"price\":19.9}";
        }
        if (i < 95) {
            return "\"event\":\"" + shop.event("Added") + "\",\"properties\":{\"product_id\":\"p" + i
                    + "\",\"price\":19.9}";
        }
        return "\"event\":\"" + shop.event("Ordered") + "\",\"properties\":{\"revenue\":39.9,\"currency\":\"EUR\"}";
    }

    /** The whole request of a batch; the same bytes for the same number, until the next call. */
    byte[] numbered(long batch) {
        long mixed = batch * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < MESSAGES; i++) {
            for (int digit = 0; digit < BATCH_DIGITS; digit++) {
                request[batchAt[i] + digit] = HEX[(int) (batch >>> 4 * (BATCH_DIGITS - 1 - digit)) & 15];
            }
            mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
            long user = (mixed >>> 1) % USERS;
            for (int digit = USER_DIGITS - 1; digit >= 0; digit--) {
                request[userAt[i] + digit] = (byte) ('0' + user % 10);
                user /= 10;
            }
        }
        return request;
    }
}
