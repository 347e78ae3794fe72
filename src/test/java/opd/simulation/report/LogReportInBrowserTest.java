package opd.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/// Looks at the pages about real days as their readers do, by `scripts/check-browser`.
@Tag("browser")
final class LogReportInBrowserTest {
  private static final int PHONE = 420;
  @TempDir static Path folder;
  private static final Map<String, String> PAGES = new LinkedHashMap<>();
  private static Browser browser;

  @BeforeAll
  static void open() throws SQLException {
    assertThat(Browser.isInstalled()).as(Browser.MISSING).isTrue();
    PAGES.putAll(LogPages.make());
    browser = new Browser();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void forget() {
    browser.resize(1400, 900);
    browser.prefer("light");
    browser.console();
  }

  @Test
  void everyPageFitsAScreenAndAPhoneWithoutAComplaintOfTheBrowser() throws IOException {
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      browser.resize(1400, 900);
      browser.visit(page.getValue(), folder);
      assertThat(browser.pageWidth()).as(page.getKey()).isLessThanOrEqualTo(1400);
      browser.resize(PHONE, 900);
      assertThat(browser.pageWidth()).as(page.getKey()).isEqualTo(PHONE);
      assertThat(browser.console()).as(page.getKey()).isEmpty();
      assertThat(browser.one("#figures").getText()).contains("requests", "The price of priority");
    }
  }

  @Test
  void everyPageIsDarkForWhoeverPrefersItAndPrintedItHidesNothing() throws IOException {
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      browser.visit(page.getValue(), folder);
      String light = browser.background();
      browser.prefer("dark");
      assertThat(browser.background()).as(page.getKey()).isNotEqualTo(light);
      assertThat(browser.hiddenInPrint()).as(page.getKey()).isZero();
      browser.prefer("light");
    }
  }

  @Test
  void aDayIsDrawnForEachDoctorAndItsSliderShowsItsQueues() throws IOException {
    browser.visit(PAGES.get(LogPages.DAY), folder);
    assertThat(browser.all("svg.timeline")).hasSize(browser.all("article").size()).isNotEmpty();
    assertThat(browser.one("#moment").isDisplayed()).isTrue();
    assertThat(browser.one("table.queue").getText()).contains("patient ");
    browser.visit(PAGES.get(LogPages.SEVERAL_DAYS), folder);
    assertThat(browser.all("svg")).as("of several days").isEmpty();
  }

  @Test
  void aNameThatIsMarkupIsShownAsItWasTyped() throws IOException {
    browser.visit(PAGES.get(LogPages.HOSTILE_ACTORS), folder);
    assertThat(browser.all("img")).isEmpty();
    List<WebElement> heads = browser.all("table.report thead th");
    assertThat(heads).extracting(WebElement::getText).contains(LogPages.EVIL);
  }
}
