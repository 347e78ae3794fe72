package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import opd.testing.Await;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Where a password must not show: in what a real process prints and logs at the most talkative
/// level, and in the command line of anything that it starts.
@Order(15)
final class PasswordSecrecyTest {
  private static final String SECRET = "gEh3im";
  private static final Pattern PASSWORD = Pattern.compile("(?m)^(?:administrator|desk)=(.+)$");

  @TempDir Path folder;
  private CommandLineFixture line;

  @BeforeEach
  void open() {
    line = new CommandLineFixture().with("OPD_TIMEOUT", "2");
  }

  @AfterEach
  void close() {
    line.close();
  }

  /// Everything that the process printed.
  private String printed(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path printed = Files.createTempFile(folder, "printed", "");
    ProcessBuilder builder = line.process(command);
    builder.environment().put("OPD_LOG", "TRACE");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return Files.readString(printed);
  }

  private String place() {
    return line.facility().deskSettings().place();
  }

  private record Case(String name, Map<String, String> environment, String... command) {}

  @TestFactory
  Stream<DynamicTest> noPasswordIsPrintedOrLoggedWhere() {
    String good = "postgresql://somebody:" + SECRET + "@" + place();
    return Stream.of(
            new Case("it is wrong", Map.of("OPD_DB_PASSWORD", SECRET), "queue"),
            new Case(
                "it is wrong, in a migration", Map.of("OPD_DB_PASSWORD", SECRET), "db", "migrate"),
            new Case("the URL holds it", url(good), "queue"),
            new Case("the URL holds it and settings are shown", url(good), "config"),
            new Case("the URL holds it and help is wanted", url(good), "db", "roles", "--help"),
            new Case("an argument holds it", Map.of(), "--db", good, "queue"),
            new Case(
                "the URL holds it as a parameter", url(place(good, "?user=u&password=")), "queue"),
            new Case("it opens a key", url(place(good, "?sslpassword=")), "config"),
            new Case("it is cut by a question mark", url(good.replace("im@", "im?@")), "queue"),
            new Case("it is cut by a slash", url(good.replace("im@", "im/@")), "queue"),
            new Case("its escape is wrong", url(good.replace("im@", "im%@")), "queue"),
            new Case("it follows a wrong host", url(good.replace("@", "@-:x:")), "queue"),
            new Case(
                "nobody answers", url("postgresql://u:" + SECRET + "@127.0.0.1:1/opd"), "queue"),
            new Case("the URL names no database", url(good.replace("/opd", "")), "queue"))
        .map(one ->
            DynamicTest.dynamicTest(
                one.name(),
                () -> {
                  String printed = printed(one.environment(), one.command());
                  assertThat(printed).isNotEmpty().doesNotContain(SECRET);
                  assertThat(printed).as("part of it").doesNotContain(SECRET.substring(0, 4));
                }));
  }

  private static Map<String, String> url(String url) {
    // Empty counts as not set: the URL's own login holds.
    return Map.of("OPD_DB_URL", url, "OPD_DB_USER", "", "OPD_DB_PASSWORD", "");
  }

  private static String place(String url, String parameter) {
    return "postgresql://" + url.substring(url.indexOf('@') + 1) + parameter + SECRET;
  }

  @Test
  void aPasswordThatWorksIsNotPrintedEitherNorThoseThatRolesAreGiven() throws Exception {
    var administrator = line.facility().administrator();
    line.with("OPD_DB_USER", administrator.user())
        .with("OPD_DB_PASSWORD", administrator.password());

    String printed =
        printed(
            Map.of(
                "OPD_DESK_PASSWORD",
                SECRET,
                "OPD_ROOM_PASSWORD",
                SECRET,
                "OPD_AUDITOR_PASSWORD",
                SECRET),
            "db",
            "roles");

    assertThat(printed)
        .contains(line.facility().name().schema() + "_auditor")
        .doesNotContain(SECRET, administrator.password());
  }

  @Test
  void aPasswordInAnArgumentDrawsAWarning() throws Exception {
    String url = "postgresql://somebody:" + SECRET + "@" + place();
    assertThat(printed(Map.of(), "--db", url, "queue")).contains("OPD_DB_PASSWORD or ~/.pgpass");
  }

  /// Looked at again and again, from the first start of a local server to its end.
  @Test
  void noProcessHasAPasswordOnItsCommandLine() throws Exception {
    Path home = folder.resolve("home");
    TestServer.get().lendPrograms(home);
    ProcessBuilder builder = line.process("db", "start");
    builder.environment().keySet().removeIf(name -> name.startsWith("OPD_DB_"));
    builder.environment().put("OPD_HOME", home.toString());
    Process start =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("start").toFile()).start();
    Set<String> seen = new TreeSet<>();
    while (start.isAlive()) {
      seen.addAll(commandLines());
      Await.pause();
    }
    seen.addAll(commandLines());
    try {
      assertThat(start.exitValue()).as(Files.readString(folder.resolve("start"))).isZero();
      assertThat(seen).anyMatch(text -> text.contains("initdb") && text.contains(home.toString()));
      assertThat(seen)
          .anyMatch(text -> text.contains("postgres") && text.contains(home.toString()));
      Set<String> passwords = passwords(home);
      assertThat(passwords).hasSize(2);
      assertThat(seen).noneMatch(text -> passwords.stream().anyMatch(text::contains));
    } finally {
      ProcessBuilder stop = line.process("db", "stop");
      stop.environment().keySet().removeIf(name -> name.startsWith("OPD_DB_"));
      stop.environment().put("OPD_HOME", home.toString());
      stop.redirectErrorStream(true)
          .redirectOutput(folder.resolve("stop").toFile())
          .start()
          .waitFor();
    }
  }

  private static Set<String> commandLines() throws IOException {
    Set<String> found = new TreeSet<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try {
          found.add(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
          // It is gone.
        }
      }
    }
    return found;
  }

  private static Set<String> passwords(Path home) throws IOException {
    Set<String> passwords = new TreeSet<>();
    PASSWORD
        .matcher(Files.readString(home.resolve("postgresql").resolve("passwords")))
        .results()
        .forEach(match -> passwords.add(match.group(1)));
    return passwords;
  }
}
