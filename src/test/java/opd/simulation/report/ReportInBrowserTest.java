package opd.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import opd.simulation.day.DayEvent;
import opd.simulation.day.DayResult;
import opd.simulation.day.SlotDay;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// Looks at the page as its readers do, by `scripts/check-browser`: it takes Chromium.
@Tag("browser")
final class ReportInBrowserTest {
  private static final String POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

  @TempDir static Path folder;
  private static DayResult day;
  private static String page;
  private static Browser browser;

  @BeforeAll
  static void open() {
    assertThat(Browser.isInstalled()).as(Browser.MISSING).isTrue();
    day = SampleDay.play();
    page = SampleDay.page(day);
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
    browser.resize(1280, 900);
    browser.prefer("light");
    browser.console();
  }

  @Test
  void itRendersWithoutAComplaintOfTheBrowser() throws IOException {
    visit(page);
    assertThat(browser.console()).isEmpty();
    assertThat(browser.driver().getTitle()).contains("7 January 2030");
    assertThat(all("svg.timeline")).hasSize(day.generated().doctors().size());
    assertThat(one("#moment").isDisplayed()).isTrue();
  }

  @Test
  void theBrowserComplainsWhenThePageAsksForSomethingOrRunsWhatIsNotItsOwn() throws IOException {
    visit(page.replace("</main>", "<img src=\"https://example.invalid/x.png\" alt=\"\"></main>"));
    assertThat(browser.console()).anyMatch(line -> line.contains("example.invalid"));
    visit(page.replace("</main>", "<script>document.title = 'taken'</script></main>"));
    assertThat(browser.console()).isNotEmpty();
    assertThat(browser.driver().getTitle()).isNotEqualTo("taken");
  }

  @Test
  void aDayFullOfHostileTextsRunsNothing() throws IOException {
    visit(SampleDay.page(HostileDay.result()));
    assertThat(browser.console()).isEmpty();
    assertThat(one("#moment").getText()).contains(HostileDay.EVIL);
    assertThat(one("#RAO h3").getText()).contains(HostileDay.EVIL);
  }

  @Test
  void theSliderMovesAndShowsTheQueueOfThatMoment() throws IOException {
    visit(page);
    WebElement slider = one("#moment input[type=range]");
    long before = Long.parseLong(slider.getDomProperty("value"));
    String shown = one("#moment output").getText();
    slider.sendKeys(Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    assertThat(slider.getDomProperty("value")).isEqualTo("" + (before - 180));
    assertThat(one("#moment output").getText()).isNotEqualTo(shown);
    assertQueueIsRight(before - 180);
    slider.sendKeys(Keys.HOME);
    assertThat(one("line.now").getDomAttribute("visibility")).isEqualTo("visible");
    String start = one("line.now").getDomAttribute("x1");
    slider.sendKeys(Keys.END);
    assertThat(one("line.now").getDomAttribute("x1")).isNotEqualTo(start);
    assertThat(one("#moment .steps").getText()).contains(decisions() + " of " + decisions());
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void decisionsCanBeStoppedAtOneByOne() throws IOException {
    visit(page);
    WebElement slider = one("#moment input[type=range]");
    slider.sendKeys(Keys.END);
    List<WebElement> buttons = all("#moment .steps button");
    buttons.getFirst().click();
    assertThat(one("#moment .steps").getText()).contains((decisions() - 1) + " of " + decisions());
    buttons.getLast().click();
    assertThat(one("#moment .steps").getText()).contains(decisions() + " of " + decisions());
    assertThat(buttons.getLast().isEnabled()).isFalse();
  }

  @Test
  void anArrowLeadsToItsRow() throws IOException {
    visit(page);
    WebElement arrow = one("svg.timeline a");
    String anchor = arrow.getDomAttribute("href").substring(1);
    browser.driver().executeScript("arguments[0].dispatchEvent(new MouseEvent('click'))", arrow);
    assertThat(browser.driver().getCurrentUrl()).endsWith("#" + anchor);
    assertThat(one("tr:target").getText()).isNotBlank();
  }

  @Test
  void everythingIsThereWhenScriptsAndStylesAreBlocked() throws IOException {
    browser.resize(390, 844);
    int from = page.indexOf(POLICY) + POLICY.length();
    visit(page.substring(0, from) + "default-src 'none'" + page.substring(page.indexOf('"', from)));
    assertThat(browser.console())
        .as("style, library and slider")
        .hasSize(3)
        .allMatch(line -> line.contains("Content Security Policy"));
    assertThat(one("#moment").isDisplayed()).isFalse();
    assertThat(one("h1").isDisplayed()).isTrue();
    assertThat(one("#figures table").getText()).contains("emergency", "median wait");
    assertThat(all("svg.timeline"))
        .allSatisfy(picture -> {
          assertThat(picture.getSize().width).isEqualTo(TimeAxis.WIDTH);
          assertThat(picture.getSize().height).isGreaterThan(100);
        });
    assertThat(all("tr[id]")).allMatch(WebElement::isDisplayed);
    assertThat(all("#checks summary")).allMatch(WebElement::isDisplayed);
  }

  @Test
  void itFitsAPhoneAndFollowsTheReaderIntoTheDark() throws IOException {
    browser.resize(390, 844);
    visit(page);
    assertThat(browser.pageWidth()).isEqualTo(390);
    String light = browser.background();
    browser.prefer("dark");
    assertThat(browser.background()).isNotEqualTo(light);
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void printedItHidesNothingButTheSlider() throws IOException {
    visit(page);
    assertThat(browser.hiddenInPrint()).isZero();
    assertThat(one("#moment").isDisplayed()).isFalse();
  }

  /// By the record: the queue that the page shows, worked out here once more.
  private static void assertQueueIsRight(long seconds) {
    Instant eve = SampleDay.DATE.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Map<TokenLabel, DayEvent.Move> last = new HashMap<>();
    day.generated().events().stream()
        .takeWhile(event -> !event.at().isAfter(eve.plusSeconds(seconds)))
        .flatMap(event -> event.moves().stream())
        .forEach(move -> last.put(move.token(), move));
    WebElement pressed = one("#moment button[aria-pressed=true]");
    SlotLabel slot = slotOf(pressed.getDomAttribute("aria-label"));
    List<String> queue =
        last.values().stream()
            .filter(move -> move.token().slot().equals(slot))
            .filter(move -> move.after() == TokenStatus.ACTIVE)
            .sorted(
                Comparator.comparingInt((DayEvent.Move move) -> -move.priority().rank())
                    .thenComparingInt(move -> move.token().sequence()))
            .map(move -> move.token().sequence() + " " + move.patient())
            .toList();
    assertThat(queue).isNotEmpty();
    assertThat(
            all("table.queue tbody tr").stream()
                .map(row -> row.findElements(By.tagName("td")))
                .filter(cells -> !cells.getFirst().getText().equals("lost"))
                .map(cells -> cells.get(1).getText() + " " + cells.get(3).getText()))
        .isEqualTo(queue);
  }

  private static SlotLabel slotOf(String name) {
    return day.generated().slots().stream()
        .map(SlotDay::label)
        .filter(label -> name.startsWith(ReportPhrases.slot(label)))
        .findFirst()
        .orElseThrow();
  }

  private static int decisions() {
    return day.generated().events().size();
  }

  private static void visit(String html) throws IOException {
    browser.visit(html, folder);
  }

  private static WebElement one(String selector) {
    return browser.one(selector);
  }

  private static List<WebElement> all(String selector) {
    return browser.all(selector);
  }
}
