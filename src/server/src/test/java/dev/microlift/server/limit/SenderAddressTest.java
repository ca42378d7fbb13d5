package dev.microlift.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SenderAddressTest {

    @Test
    void anIpv4AddressIsOneSender() {
        assertThat(SenderAddress.of("192.0.2.7")).isNotEqualTo(SenderAddress.of("192.0.2.8"));
    }

    @Test
    void anIpv6NetworkIsOneSender() {
        assertThat(SenderAddress.of("2001:db8:1:2::7")).isEqualTo(SenderAddress.of("2001:db8:1:2:3:4:5:6"));
        assertThat(SenderAddress.of("2001:db8:1:2::7")).isNotEqualTo(SenderAddress.of("2001:db8:1:3::7"));
    }

    @Test
    void whatIsNoAddressIsTakenAsItStands() {
        assertThat(SenderAddress.of("not:an:address")).isEqualTo("not:an:address");
    }
}
