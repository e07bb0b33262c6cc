package io.orderflow.order.webhooks;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.http.client.InetAddressFilter;

/**
 * The addresses that requests may be sent to. The client checks each address that a name is resolved to, and connects to it without
 * resolving the name again. URLs are checked when they are registered too, so that mistakes are noticed early; that check alone would
 * protect nothing.
 */
final class AllowedAddresses {

    /** Named, because the special-purpose registry does not: the metadata service of Azure, and IPv6 examples. */
    private static final String[] FURTHER_RESERVED = {"168.63.129.16", "3fff::/20"};

    /** Of IPv6 only what is global: what translates to IPv4 and what is reserved is outside of it, or special. */
    private static final InetAddressFilter PUBLIC = InetAddressFilter.adapt(Inet4Address.class::isInstance)
            .or("2000::/3")
            .and(InetAddressFilter.externalAddresses())
            .andNot(InetAddressFilter.specialPurpose(), InetAddressFilter.multicast())
            .andNot(FURTHER_RESERVED);

    private static final InetAddressFilter LOOPBACK = InetAddressFilter.of("127.0.0.0/8", "::1");

    private static final int MAX_LENGTH = 2048;
    private static final int MAX_PORT = 65_535;
    private static final Pattern DECIMAL = Pattern.compile("[0-9.]+");
    private static final Pattern NAME = Pattern.compile("(.*\\.)?[a-zA-Z][^.]*\\.?");

    private final boolean allowLoopback;
    private final InetAddressFilter filter;

    AllowedAddresses(boolean allowLoopback) {
        this.allowLoopback = allowLoopback;
        this.filter = allowLoopback ? PUBLIC.or(LOOPBACK) : PUBLIC;
    }

    InetAddressFilter filter() {
        return filter;
    }

    /** @throws IllegalArgumentException if the URL is malformed, or its host is an address that is not allowed */
    void requireAllowed(URI url) {
        require(url.toString().length() <= MAX_LENGTH, "must have at most " + MAX_LENGTH + " characters");
        require(
                "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()),
                "must begin with http:// or https://");
        require(
                url.getRawUserInfo() == null
                        && (url.getRawAuthority() == null
                                || !url.getRawAuthority().contains("@")),
                "must not contain user information");
        require(url.getRawFragment() == null, "must not contain a fragment");
        require(url.getHost() != null, "must contain a host name, or an IP address in its usual notation");
        require(url.getPort() != 0 && url.getPort() <= MAX_PORT, "must contain a port from 1 to 65535, or none");
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[") || DECIMAL.matcher(host).matches()) {
            require(
                    isAllowedLiteral(host),
                    "must not contain an address that is reserved or not in its usual notation");
        } else {
            require(NAME.matcher(host).matches(), "must contain a host name, or an IP address in its usual notation");
            require(
                    allowLoopback || !("." + host).matches(".*\\.localhost\\.?"),
                    "must not contain the name of this machine");
        }
    }

    private boolean isAllowedLiteral(String host) {
        try {
            InetAddress address = InetAddress.getByName(host); // resolves nothing
            return filter.matches(address)
                    && (host.startsWith("[") || address.getHostAddress().equals(host));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
