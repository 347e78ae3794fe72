package opd.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import opd.domain.FacilityRole;
import opd.domain.PlainText;
import opd.testing.Prompt;
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

  private Path folder;
  private CommandLineFixture line;
  private Prompt superuser;
  private String table;
  private Path file;
  private JsonNode manifest;
  private List<String> before;
  private int patients;

  @BeforeAll
  void aFacilityATableAndABackup(@TempDir Path forAll) throws Exception {
    folder = forAll;
    line = new CommandLineFixture().withSlot(500);
    var administrator = line.facility().administrator();
    line.with("OPD_DB_USER", administrator.user())
        .with("OPD_DB_PASSWORD", administrator.password());
    superuser = Prompt.asSuperuser(line.facility());
    // Short, as a request's id has a hundred characters at most.
    table = "public.c" + ProcessHandle.current().pid();
    file = folder.resolve("f");
    superuser.run("create table " + table + " (x text)");
    Path backup = folder.resolve("whole.backup");
    assertThat(line.run("db", "backup", backup.toString()).exit()).isZero();
    try (ZipFile zip = new ZipFile(backup.toFile())) {
      manifest = new ObjectMapper().readTree(zip.getInputStream(zip.getEntry("manifest.json")));
    }
    assertThat(line.run("db", "roles").exit()).isZero();
    before = state();
  }

  @AfterAll
  void drop() throws SQLException {
    superuser.run("drop table " + table);
    superuser.close();
    line.close();
  }

  /// What no value may change: the table, the facilities and roles that begin as the test's own
  /// one, its tables, and whether the patient is there whom the refused commands would add.
  private List<String> state() throws SQLException {
    return superuser.column(
        """
        select 'row ' || x from TABLE
        union all select 'schema ' || nspname from pg_namespace where nspname like 'SCHEMA%'
        union all select 'role ' || rolname from pg_roles where rolname like 'SCHEMA%'
        union all select relname from pg_class where relnamespace = 'SCHEMA'::regnamespace and relkind = 'r'
        union all select phone from patient where phone = '+919876500000'
        order by 1
        """
            .replace("TABLE", table)
            .replace("SCHEMA", line.facility().name().schema()));
  }

  private void nothingElseHappened() throws SQLException {
    assertThat(state()).isEqualTo(before);
    assertThat(file).doesNotExist();
  }

  private String armed(String value) {
    return value.replace("%T", table).replace("%F", file.toString());
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
                  CommandLineFixture.Result result = attempt.with(armed(value));
                  assertThat(result.exit()).as(result.out() + result.err()).isIn(exits);
                  assertThat(result.err()).doesNotContain("fault of the program");
                  nothingElseHappened();
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
    return each(lines, List.of(2, 8), field -> restored(changed(field)));
  }

  @TestFactory
  Stream<DynamicTest> statementsInAManifest() {
    return Stream.of("region", "zone", "facility")
        .flatMap(field ->
            each(
                HostileValues.keptTexts(),
                REFUSED,
                value ->
                    restored(((ObjectNode) manifest.deepCopy()).put(field, value).toString())));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoManifest() {
    return each(HostileValues.manifests(), List.of(2, 8), this::restored);
  }

  private String changed(String field) throws IOException {
    JsonPointer pointer = JsonPointer.compile(field.split(" ", 2)[0]);
    JsonNode value = new ObjectMapper().readTree(field.split(" ", 2)[1]);
    JsonNode changed = manifest.deepCopy();
    JsonNode parent = changed.at(pointer.head());
    String name = pointer.last().getMatchingProperty();
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), value);
    } else {
      ((ObjectNode) parent).set(name, value);
    }
    return changed.toString();
  }

  private CommandLineFixture.Result restored(String text) throws IOException {
    Path backup = folder.resolve("hostile.backup");
    try (OutputStream out = Files.newOutputStream(backup);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("manifest.json"));
      zip.write(text.getBytes(UTF_8));
    }
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
                  "HOME", "/nonexistent",
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
            new PrintWriter(out),
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
                  isKept(armed(value));
                  nothingElseHappened();
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
    String reason = armed(String.join("", HostileValues.keptTexts())).substring(0, 200);
    String label = line.allocate(1, "paid", "-o", "json").json().at("/token/label").asText();
    assertThat(line.json("cancel", label, "--reason", reason).exit()).isZero();
    assertThat(
            line.json("audit", "--token", label).jsonLines().getLast().at("/facts/reason").asText())
        .isEqualTo(reason);
  }

  @Test
  void aPasswordIsKeptAsItIs() throws SQLException {
    String password = armed(String.join("", HostileValues.keptTexts()));
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
