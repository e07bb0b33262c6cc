package io.orderflow.order.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedAddressesTest {

    private final AllowedAddresses allowed = new AllowedAddresses(false);

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, this network",
        "0.1.2.3, this network",
        "10.0.0.1, private",
        "10.255.255.255, private",
        "100.64.0.1, carrier-grade NAT",
        "100.100.100.200, metadata of Alibaba Cloud",
        "100.127.255.255, carrier-grade NAT",
        "127.0.0.1, loopback",
        "127.255.255.254, loopback",
        "168.63.129.16, metadata of Azure",
        "169.254.169.254, metadata",
        "169.254.0.1, link-local",
        "172.16.0.1, private",
        "172.31.255.255, private",
        "192.0.0.192, metadata of Oracle Cloud",
        "192.0.2.1, documentation",
        "192.88.99.1, 6to4 relay",
        "192.168.0.1, private",
        "198.18.0.1, benchmarks",
        "198.51.100.1, documentation",
        "203.0.113.1, documentation",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "240.0.0.1, reserved",
        "255.255.255.255, broadcast",
        "::, unspecified",
        "::1, loopback",
        "::127.0.0.1, IPv4-compatible",
        "::8.8.8.8, IPv4-compatible",
        "::ffff:127.0.0.1, IPv4-mapped",
        "::ffff:169.254.169.254, IPv4-mapped",
        "64:ff9b::7f00:1, NAT64",
        "64:ff9b::808:808, NAT64",
        "64:ff9b:1::a00:1, local NAT64",
        "100::1, discarded",
        "2001::1, Teredo",
        "2001:db8::1, documentation",
        "2001:10::1, ORCHID",
        "2002:7f00:1::, 6to4",
        "2002:a00:1::1, 6to4",
        "3fff::1, documentation",
        "5f00::1, segment routing",
        "fc00::1, unique local",
        "fd00:ec2::254, metadata of AWS",
        "fe80::1, link-local",
        "fec0::1, site-local",
        "ff02::1, multicast"
    })
    void noRequestIsSentTo(String address, String kind) throws UnknownHostException {
        assertThat(allowed.filter().matches(InetAddress.getByName(address)))
                .as(kind)
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.169.0.1",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2606:4700:4700::1111",
                "2a00:1450:4001:800::200e"
            })
    void requestsAreSentTo(String address) throws UnknownHostException {
        assertThat(allowed.filter().matches(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://10.0.0.1/hook",
                "http://169.254.169.254/latest/meta-data/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[fe80::1%25eth0]/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://127.0.0.0x1/",
                "http://017700000001/",
                "http://0177.0.0.1/",
                "http://08.8.8.8/",
                "http://127.1/",
                "http://127.0.1/",
                "http://8.8.8/",
                "http://8.8.8.8./",
                "http://256.0.0.1/",
                "http://localhost/",
                "http://LOCALHOST:8080/",
                "http://localhost./",
                "http://app.localhost/",
                "http://user@example.org/",
                "http://user:secret@example.org/",
                "http://@example.org/",
                "http://example.org#fragment",
                "http://example.org:0/",
                "http://example.org:65536/",
                "http:///path",
                "http:example.org",
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://example.org/",
                "jar:http://example.org!/",
                "//example.org/",
                "example.org"
            })
    void aUrlIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> allowed.requireAllowed(URI.create(url)))
                .withMessageStartingWith("must ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/hooks/1?tenant=2",
                "HTTPS://Example.org:8443",
                "http://8.8.8.8:8080/",
                "http://[2606:4700:4700::1111]/",
                "https://xn--bcher-kva.example./",
                "https://1password.example/"
            })
    void aUrlIsAccepted(String url) {
        assertThatCode(() -> allowed.requireAllowed(URI.create(url))).doesNotThrowAnyException();
    }

    @Test
    void theDevelopmentSwitchAllowsLoopbackAndNothingElse() throws UnknownHostException {
        AllowedAddresses development = new AllowedAddresses(true);
        development.requireAllowed(URI.create("http://localhost:8099/"));
        development.requireAllowed(URI.create("http://127.0.0.1:8099/"));
        assertThat(development.filter().matches(InetAddress.getByName("::1"))).isTrue();
        assertThat(development.filter().matches(InetAddress.getByName("10.0.0.1")))
                .isFalse();
        assertThat(development.filter().matches(InetAddress.getByName("169.254.169.254")))
                .isFalse();
    }
}
