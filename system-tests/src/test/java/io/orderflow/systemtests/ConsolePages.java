package io.orderflow.systemtests;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The operator's console in Chromium. */
final class ConsolePages implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final URI address;
    private final WebDriver browser;

    ConsolePages(URI address, Path profile) {
        this.address = address;
        browser = Chromium.start(profile);
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
