package io.orderflow.systemtests;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The operator's console in Chromium, which has to be installed with its driver. */
final class ConsolePages implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final URI address;
    private final WebDriver browser;

    ConsolePages(URI address, Path profile) {
        this.address = address;
        ChromeOptions options = new ChromeOptions();
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        options.setBinary(installed("chromium"));
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(installed("chromedriver"))
                        .usingAnyFreePort()
                        .withEnvironment(Map.of("PATH", System.getenv("PATH")))
                        .build(),
                options);
    }

    private static File installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + program
                        + " on the path. On Debian: apt-get install chromium chromium-driver."));
    }

    void logIn(String user, String password) {
        open("/login");
        WebElement name = browser.findElement(By.name("username"));
        name.clear();
        name.sendKeys(user);
        browser.findElement(By.name("password")).sendKeys(password);
        browser.findElement(By.tagName("button")).click();
        await("Overview");
    }

    void open(String path) {
        browser.get(address.resolve(path).toString());
    }

    void follow(String link) {
        browser.findElement(By.partialLinkText(link)).click();
    }

    void press(String button) {
        browser.findElement(By.xpath("//main//button[normalize-space()='" + button + "']"))
                .click();
    }

    /** Waits until the page shows the text. It refreshes itself. */
    void await(String text) {
        new WebDriverWait(browser, TIMEOUT)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> "'" + text + "' is not in the page:\n" + text())
                .until(page -> text().contains(text));
    }

    private String text() {
        return browser.findElement(By.tagName("body")).getText();
    }

    @Override
    public void close() {
        browser.quit();
    }
}
