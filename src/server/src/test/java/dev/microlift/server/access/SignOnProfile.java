package dev.microlift.server.access;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** Single sign-on with an issuer of the tests, and limits that are soon reached, by addresses that a proxy tells. */
public class SignOnProfile implements QuarkusTestProfile {

    static final int FAILED_LOGINS = 5;

    /** The database of the tests asks for none. */
    static final String PASSWORD = "a-password-that-nobody-may-see";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "microlift.database.password", PASSWORD,
                "quarkus.log.level", "INFO",
                "quarkus.log.console.level", "WARN",
                "microlift.limits.failed-logins", Integer.toString(FAILED_LOGINS),
                "quarkus.http.proxy.proxy-address-forwarding", "true");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TestIssuer.class));
    }
}
