package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import opd.cli.session.Surroundings;
import opd.domain.FacilityRole;
import opd.domain.PlainText;
import opd.output.StandardOutput;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Gives each of [HostileValues] where it does harm, with the rights of the server's administrator:
/// it is refused as a value, or kept as one, and nothing else happens.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileValuesTest {
  private static final List<Integer> REFUSED = List.of(2);
  // A value that might be one, of something that is not there or does not let in.
  private static final List<Integer> REFUSED_OR_NOT_FOUND = List.of(2, 4, 8);

  private static final String MISSED = "is missing in it";

  private Path folder;
  private CommandLineFixture line;
  private Canary canary;
  private ManifestFile manifest;
  private int patients;

  @BeforeAll
  void aFacilityATableAndABackup(@TempDir Path forAll) throws Exception {
    folder = forAll;
    line = new CommandLineFixture().withSlot(500);
    var administrator = line.facility().administrator();
    line.with("OPD_DB_USER", administrator.user())
        .with("OPD_DB_PASSWORD", administrator.password());
    Path backup = folder.resolve("whole.backup");
    assertThat(line.run("db", "backup", backup.toString()).exit()).isZero();
    manifest = ManifestFile.of(backup);
    assertThat(line.run("db", "roles").exit()).isZero();
    canary = new Canary(line.facility(), folder);
  }

  @AfterAll
  void drop() throws SQLException {
    canary.close();
    line.close();
  }

  private interface Attempt {
    CommandLineFixture.Result with(String value) throws Exception;
  }

  /// A test for each value: the command ends with one of the exit codes.
  private Stream<DynamicTest> each(List<String> values, List<Integer> exits, Attempt attempt) {
    return values.stream()
        .map(value ->
            DynamicTest.dynamicTest(
                PlainText.quote(value),
                () -> {
                  CommandLineFixture.Result result = attempt.with(canary.armed(value));
                  assertThat(result.exit()).as(result.out() + result.err()).isIn(exits);
                  assertThat(result.err()).doesNotContain("fault of the program");
                  canary.isUntouched();
                }));
  }

  private String other() {
    return line.facility().name() + "_o";
  }

  @TestFactory
  Stream<DynamicTest> regions() {
    return each(
        HostileValues.regions(),
        REFUSED,
        value -> line.json("db", "migrate", "--facility", other(), "--region", value));
  }

  @TestFactory
  Stream<DynamicTest> zonesOfAFacility() {
    return each(
        HostileValues.zones(),
        REFUSED,
        value -> line.json("db", "migrate", "--facility", other(), "--zone", value));
  }

  @TestFactory
  Stream<DynamicTest> namesOfFacilities() {
    return each(
        HostileValues.facilities(),
        REFUSED,
        value -> line.json("db", "migrate", "--facility", value));
  }

  @TestFactory
  Stream<DynamicTest> fieldsOfAManifest() {
    List<String> lines =
        HostileValues.manifestFields().stream()
            .map(field -> field.getKey() + " " + field.getValue())
            .toList();
    return each(lines, List.of(2, 8), field -> refused(manifest.with(field)));
  }

  @TestFactory
  Stream<DynamicTest> absentFieldsOfAManifest() {
    return each(HostileValues.absentFields(), REFUSED, field -> refused(manifest.without(field)));
  }

  /// What [#refused] looks at: an untouched manifest is taken, and the rows are missed.
  @Test
  void theManifestItselfIsTaken() throws IOException {
    CommandLineFixture.Result result = restored(manifest.whole().toString());
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(MISSED);
  }

  @TestFactory
  Stream<DynamicTest> statementsInAManifest() {
    return Stream.of("region", "zone", "facility")
        .flatMap(field ->
            each(
                HostileValues.keptTexts(),
                REFUSED,
                value -> refused(manifest.withText(field, value))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoManifest() {
    return each(HostileValues.manifests(), List.of(2, 8), this::refused);
  }

  /// Restored from this manifest, which was refused for itself and not for the rows that are not in
  /// the file.
  private CommandLineFixture.Result refused(String text) throws IOException {
    CommandLineFixture.Result result = restored(text);
    assertThat(result.err()).doesNotContain(MISSED);
    return result;
  }

  private CommandLineFixture.Result restored(String text) throws IOException {
    Path backup = ManifestFile.write(folder.resolve("hostile.backup"), text);
    return line.json("db", "restore", backup.toString(), "--facility", other());
  }

  @TestFactory
  Stream<DynamicTest> urls() {
    String here = TestServer.get().url().replace("jdbc:", "");
    return each(
        HostileValues.urls(),
        REFUSED,
        value ->
            line.json(
                "doctor",
                "list",
                "--db",
                value.startsWith("@") ? here + value.substring(1) : value));
  }

  @TestFactory
  Stream<DynamicTest> variables() {
    List<String> lines =
        HostileValues.variables().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .toList();
    return each(
        lines,
        REFUSED_OR_NOT_FOUND,
        variable -> {
          String name = variable.split("=", 2)[0];
          String usual = line.environment().getOrDefault(name, "");
          String password = line.environment().get("OPD_DB_PASSWORD");
          if (name.equals("PGPASSFILE")) {
            line.with("OPD_DB_PASSWORD", "");
          }
          try {
            return line.with(name, variable.split("=", 2)[1])
                .json("patient", "add", "--phone", "9876500000", "--name", "A");
          } finally {
            line.with("OPD_DB_PASSWORD", password).with(name, usual);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> linesOfASettingsFile() throws IOException {
    Path settings = Files.createDirectories(folder.resolve("config/opd")).resolve("opd.properties");
    var administrator = line.facility().administrator();
    return each(
        HostileValues.settingsLines(),
        REFUSED,
        text -> {
          Files.writeString(
              settings,
              "db=%s\nfacility=%s\n%s\n"
                  .formatted(administrator.url(), line.facility().name(), text));
          return runWith(
              Map.of(
                  "HOME", "/proc/nonexistent",
                  "XDG_CONFIG_HOME", folder.resolve("config").toString(),
                  "OPD_DB_USER", administrator.user(),
                  "OPD_DB_PASSWORD", administrator.password()),
              "patient",
              "add",
              "--phone",
              "9876500000",
              "--name",
              "A",
              "-o",
              "json");
        });
  }

  private static CommandLineFixture.Result runWith(
      Map<String, String> environment, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            environment,
            InputStream.nullInputStream(),
            new StandardOutput(out),
            new PrintWriter(err),
            false,
            0,
            0);
    return new CommandLineFixture.Result(
        Program.run(surroundings, words), out.toString(), err.toString());
  }

  @TestFactory
  Stream<DynamicTest> textsThatAreRefused() {
    return Stream.of("--actor", "--request-id", "--name")
        .flatMap(option ->
            each(
                HostileValues.refusedTexts(),
                REFUSED,
                value -> {
                  String[] words = {
                    "patient", "add", "--phone", "9876500000", "--name", "A", option, value
                  };
                  if (option.equals("--name")) {
                    words =
                        new String[] {"patient", "add", "--phone", "9876500000", "--name", value};
                  }
                  return line.json(words);
                }));
  }

  @TestFactory
  Stream<DynamicTest> textsThatAreKept() {
    return HostileValues.keptTexts().stream()
        .map(value ->
            DynamicTest.dynamicTest(
                PlainText.quote(value),
                () -> {
                  isKept(canary.armed(value));
                  canary.isUntouched();
                }));
  }

  /// As a name, an actor and a request's id.
  private void isKept(String value) {
    String phone = "+9198765%05d".formatted(++patients);
    var added =
        line.json(
            "patient",
            "add",
            "--phone",
            phone,
            "--name",
            value,
            "--actor",
            value,
            "--request-id",
            value);
    assertThat(added.json().path("name").asText()).isEqualTo(value);
    JsonNode entry = line.json("audit", "--patient", phone, "--actor", value).json();
    assertThat(entry.path("actor").asText()).isEqualTo(value);
    assertThat(entry.path("requestId").asText()).isEqualTo(value);
  }

  @Test
  void aReasonIsKeptAsItIs() {
    String text = canary.armed(String.join("", HostileValues.keptTexts()));
    // The cut may come after a blank, which is none of a reason at its end.
    String reason = text.substring(0, 200).strip();
    String label = line.allocate(1, "paid", "-o", "json").json().at("/token/label").asText();
    assertThat(line.json("cancel", label, "--reason", reason).exit()).isZero();
    assertThat(
            line.json("audit", "--token", label).jsonLines().getLast().at("/facts/reason").asText())
        .isEqualTo(reason);
  }

  @Test
  void aPasswordIsKeptAsItIs() throws SQLException {
    String password = canary.armed(String.join("", HostileValues.keptTexts()));
    var administrator = line.facility().administrator();
    try {
      assertThat(line.with("OPD_DESK_PASSWORD", password).run("db", "roles").exit()).isZero();
      line.with("OPD_DB_USER", line.facility().name().role(FacilityRole.DESK))
          .with("OPD_DB_PASSWORD", password);
      assertThat(line.run("doctor", "list").exit()).isZero();
    } finally {
      line.with("OPD_DB_USER", administrator.user())
          .with("OPD_DB_PASSWORD", administrator.password());
    }
  }
}
