package io.orderflow.systemtests;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The shop page in Chromium, used with the keyboard. */
final class ShopPage implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final WebDriver browser;

    ShopPage(URI address, Path profile) {
        browser = Chromium.start(profile);
        browser.get(address.resolve("/").toString());
    }

    void order(String sku, int quantity) {
        WebElement input = waiting().until(page -> page.findElement(By.name(sku)));
        input.clear();
        input.sendKeys(Integer.toString(quantity), Keys.ENTER);
    }

    /** Of the order that was placed last. */
    void awaitStatus(String status) {
        waiting()
                .withMessage(() -> "the last order is not " + status + ":\n" + text())
                .until(page -> page.findElement(By.cssSelector("#orders article .status"))
                        .getText()
                        .equals(status));
    }

    void awaitText(String text) {
        waiting()
                .withMessage(() -> "'" + text + "' is not in the page:\n" + text())
                .until(page -> text().contains(text));
    }

    /** The order that was placed last. */
    void cancel() {
        browser.findElement(By.cssSelector("#orders article button")).sendKeys(Keys.ENTER);
    }

    private WebDriverWait waiting() {
        WebDriverWait wait = new WebDriverWait(browser, TIMEOUT);
        wait.ignoring(StaleElementReferenceException.class);
        return wait;
    }

    private String text() {
        return browser.findElement(By.tagName("body")).getText();
    }

    @Override
    public void close() {
        browser.quit();
    }
}
