package io.orderflow.servers;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The command that installs a program on this machine. */
enum PackageManager {
    APT("apt-get", "sudo apt-get install"),
    DNF("dnf", "sudo dnf install"),
    PACMAN("pacman", "sudo pacman -S"),
    ZYPPER("zypper", "sudo zypper install"),
    APK("apk", "sudo apk add"),
    BREW("brew", "brew install");

    private final String program;
    private final String install;

    PackageManager(String program, String install) {
        this.program = program;
        this.install = install;
    }

    /** "Install it: sudo apt-get install NAME", or the commands of several platforms if none is found. */
    static String advice(String name) {
        return advice(name, program -> Commands.find(program).isPresent());
    }

    static String advice(String name, Predicate<String> isInstalled) {
        String commands = Arrays.stream(values())
                .filter(manager -> isInstalled.test(manager.program))
                .findFirst()
                .map(manager -> manager.command(name))
                .orElseGet(() -> Arrays.stream(values())
                        .map(manager -> manager.command(name))
                        .collect(Collectors.joining(", or ")));
        return "Install it: " + commands;
    }

    private String command(String name) {
        boolean withoutSuffix = this == PACMAN || this == BREW;
        return install + " " + (withoutSuffix ? name.replace("-server", "") : name);
    }
}
