package dev.microlift.server.alert.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.alert.webhook.Destination.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/x",
                "https://localhost/x",
                "https://[::1]/x",
                "https://[::ffff:10.0.0.1]/x",
                "https://169.254.169.254/latest/meta-data",
                "https://10.1.2.3:8443/x"
            })
    void whatLeadsIntoANetworkIsRefused(String url) {
        assertThatThrownBy(() -> Destination.find(url, false))
                .isInstanceOf(RefusedException.class)
                .hasMessage("the host is not on the public internet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://1.1.1.1/x",
                "ftp://1.1.1.1/x",
                "file:///etc/passwd",
                "hooks.example.com",
                "https:///x",
                "https://user:secret@1.1.1.1/",
                "https://1.1.1.1/#part",
                "https://1.1.1.1:0/",
                "https://1.1.1.1:70000/",
                "https://exa mple/",
                "//1.1.1.1/x"
            })
    void whatIsNotAnAddressOfAReceiverIsRefused(String url) {
        assertThatThrownBy(() -> Destination.parse(url, false)).isInstanceOf(RefusedException.class);
    }

    @Test
    void anAddressOfTheInternetIsKeptWithItsHost() throws RefusedException {
        Destination found = Destination.find("https://1.1.1.1/hooks?team=a%20b", false);

        assertThat(found.address().getHostAddress()).isEqualTo("1.1.1.1");
        assertThat(found.port()).isEqualTo(443);
        assertThat(found.isSecure()).isTrue();
        assertThat(found.target()).isEqualTo("/hooks?team=a%20b");
        assertThat(Destination.find("https://1.1.1.1:8443", false).port()).isEqualTo(8443);
        assertThat(Destination.find("https://1.1.1.1:8443", false).target()).isEqualTo("/");
    }

    @Test
    void whereAllowedPlainHttpLeadsToThisMachineAlone() throws RefusedException {
        assertThat(Destination.find("http://127.0.0.1/x", true).port()).isEqualTo(80);
        assertThat(Destination.find("https://10.0.0.1/x", true).address().getHostAddress())
                .isEqualTo("10.0.0.1");

        assertThatThrownBy(() -> Destination.find("http://10.0.0.1/x", true)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> Destination.find("http://1.1.1.1/x", true)).isInstanceOf(RefusedException.class);
    }
}
