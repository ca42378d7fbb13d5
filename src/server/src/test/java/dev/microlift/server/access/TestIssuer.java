package dev.microlift.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** An issuer of tokens, with as much of OpenID Connect as the server asks for. */
public final class TestIssuer implements QuarkusTestResourceLifecycleManager {

    static final String AUDIENCE = "microlift";
    static final String SUBJECT = "person-7";

    private static final String KEY_ID = "k1";

    /** The tests run in another class loader than this resource. */
    private static final String ADDRESS = "test-issuer.address";

    private static final String KEY = "test-issuer.key";

    private final HttpServer server = server();

    @Override
    public Map<String, String> start() {
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        KeyPair keys = keyPair();
        serve("/.well-known/openid-configuration", """
                {"issuer": "%1$s", "jwks_uri": "%1$s/jwks", "authorization_endpoint": "%1$s/authorize",
                 "token_endpoint": "%1$s/token"}""".formatted(address));
        serve("/jwks", jwks((RSAPublicKey) keys.getPublic()));
        server.start();
        System.setProperty(ADDRESS, address);
        System.setProperty(
                KEY, Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
        return Map.of(
                "microlift.single-sign-on.enabled", "true",
                "microlift.single-sign-on.issuer", address,
                "microlift.single-sign-on.viewers", "watchers",
                "microlift.single-sign-on.editors", "senior makers,makers",
                "microlift.single-sign-on.admins", "owners");
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    /** A token of the issuer. */
    static String token(String group, String audience, Instant expiry) {
        try {
            byte[] encoded = Base64.getDecoder().decode(System.getProperty(KEY, ""));
            return signed(
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)),
                    group,
                    audience,
                    expiry);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A token that says it is the issuer's, and is not. */
    static String forged(String group) {
        return signed(keyPair().getPrivate(), group, AUDIENCE, Instant.now().plusSeconds(3600));
    }

    private static String signed(PrivateKey key, String group, String audience, Instant expiry) {
        return Jwt.issuer(System.getProperty(ADDRESS, ""))
                .subject(SUBJECT)
                .upn("person@shop.example")
                .groups(Set.of(group))
                .audience(audience)
                .issuedAt(expiry.minusSeconds(7200))
                .expiresAt(expiry)
                .jws()
                .keyId(KEY_ID)
                .sign(key);
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void serve(String path, String json) {
        server.createContext(path, exchange -> {
            byte[] body = json.getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String jwks(RSAPublicKey key) {
        return """
                {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "%s", "n": "%s", "e": "%s"}]}""".formatted(
                        KEY_ID,
                        unsigned(key.getModulus().toByteArray()),
                        unsigned(key.getPublicExponent().toByteArray()));
    }

    private static String unsigned(byte[] number) {
        int start = number[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(number, start, number.length));
    }
}
