package opd.simulation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// Chromium without a window, as Debian's packages `chromium` and `chromium-driver` install it.
final class Browser implements AutoCloseable {
  static final String MISSING =
      "the report is looked at in Chromium; install the packages chromium and chromium-driver";

  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final ChromeDriver driver;

  /// Whether it is there.
  static boolean isInstalled() {
    return Stream.of(PROGRAM, DRIVER).allMatch(Files::isExecutable);
  }

  Browser() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(PROGRAM.toString());
    // CI runs as root in a container, where the sandbox cannot.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    driver = new ChromeDriver(service, options);
  }

  ChromeDriver driver() {
    return driver;
  }

  /// Opens the page from a file of its own in the folder.
  void visit(String html, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "page", ".html");
    Files.writeString(file, html);
    driver.get(file.toUri().toString());
  }

  WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /// What a script says that is a number.
  long number(String expression) {
    return (Long) driver.executeScript("return " + expression);
  }

  /// How wide the page is, with what can only be reached by scrolling.
  long pageWidth() {
    return number("document.documentElement.scrollWidth");
  }

  /// How many elements a printed page hides, but for what only works on a screen.
  long hiddenInPrint() {
    print();
    return number(
        "[...document.querySelectorAll('main :not(title)')].filter(it => !it.checkVisibility()"
            + " && !it.closest('#moment, .now, script')).length");
  }

  String background() {
    return (String)
        driver.executeScript("return getComputedStyle(document.documentElement).backgroundColor");
  }

  /// A phone is 390 wide.
  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", width < 600));
  }

  /// @param colours `light` or `dark`
  void prefer(String colours) {
    media("screen", colours);
  }

  /// Shows the page as it is printed.
  void print() {
    media("print", "light");
  }

  private void media(String medium, String colours) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
  }

  /// What the page complained about since the last call.
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
