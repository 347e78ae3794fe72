package opd.cli;

import static opd.cli.CommandLineFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Description;
import opd.cli.session.RoomWork;
import opd.cli.session.Surroundings;
import opd.domain.FacilityRole;
import opd.output.StandardOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A consulting room's work under its own login.
final class RoomRoleTest {
  private static final String NUMBER = "98765432";

  private CommandLineFixture line;

  @BeforeEach
  void setUpRoom() {
    line = new CommandLineFixture().withSlot(6);
    for (int patient = 1; patient <= 5; patient++) {
      assertThat(line.allocate(patient, "paid").exit()).isZero();
    }
    assertThat(
            line.run(
                    ("allocate --slot " + SLOT + " --unknown --priority emergency --source staff")
                        .split(" "))
                .exit())
        .isZero();
    var desk = line.facility().deskSettings();
    var administrator = line.facility().administrator();
    login(administrator.user(), administrator.password());
    line.with("OPD_ROOM_PASSWORD", "secret");
    assertThat(line.run("db", "roles").exit()).isZero();
    login(desk.user(), desk.password());
  }

  @AfterEach
  void close() {
    line.close();
  }

  private void login(String user, String password) {
    line.with("OPD_DB_USER", user).with("OPD_DB_PASSWORD", password);
  }

  private void asRoom() {
    login(line.facility().name().role(FacilityRole.ROOM), "secret");
  }

  private static final List<String> WORK =
      List.of(
          "call --slot SLOT --room 2",
          "call SLOT-02 --room 3",
          "next --slot SLOT --room 2 --dry-run",
          "next --slot SLOT --room 2",
          "next --slot SLOT --room 2 --park",
          "next --slot SLOT --room 2 --no-show",
          "park SLOT-02 --reason test",
          "return SLOT-02",
          "complete SLOT-02",
          "no-show SLOT-05",
          "no-show SLOT-05",
          "queue SLOT",
          "queue SLOT --all",
          "queue --date 2030-01-07",
          "queue --privacy SLOT",
          "slot list --all",
          "slot show SLOT",
          "doctor list",
          "doctor show RAO",
          "audit explain SLOT-02",
          "db status");

  private static String[] words(String command) {
    return command.replace("SLOT", SLOT).split(" ");
  }

  @Test
  void doesItsWorkAndSeesNoNumber() {
    asRoom();
    for (String format : List.of("table", "json", "csv")) {
      line.with("OPD_OUTPUT", format);
      for (String command : WORK) {
        var result = line.run(words(command));
        assertThat(result.exit()).as(command + ": " + result.err()).isIn(0, 3);
        assertThat(result.out()).as(command).isNotBlank().doesNotContain(NUMBER);
        assertThat(result.err()).as(command).doesNotContain(NUMBER);
      }
    }
  }

  @Test
  void aNumberIsNullInJsonAndADashInTables() {
    asRoom();
    var called = line.json("next", "--slot", SLOT, "--room", "2").json();
    // The one whose number nobody knows: nothing of that is told either.
    assertThat(called.at("/token/patient/name").asText()).isNotEmpty();
    for (var queue : line.json("queue", SLOT).jsonLines()) {
      assertThat(queue.path("tokens")).hasSize(6);
      for (var token : queue.path("tokens")) {
        var patient = token.path("patient");
        assertThat(patient.path("name").isTextual()).isTrue();
        assertThat(patient.required("phone").isNull()).isTrue();
        assertThat(patient.required("reference").isNull()).isTrue();
      }
    }
    assertThat(line.run("complete", SLOT + "-06").out()).contains("  -  emergency");
    assertThat(line.run(120, "queue", SLOT).out())
        .containsPattern("Patient 1 +- ")
        .doesNotContain("U-");
  }

  @Test
  void isToldWhatItMayDoWhereItMayNot(@TempDir Path folder) throws IOException {
    asRoom();
    Path list = Files.writeString(folder.resolve("list.csv"), "slot,phone,priority,source\n");
    Path roster = Files.writeString(folder.resolve("roster.csv"), "doctor,start,end,capacity\n");
    List<String> others =
        List.of(
            "allocate --slot SLOT --phone 9876543201 --priority paid --source app",
            "allocate --slot SLOT --phone 9876543201 --priority paid --source app --dry-run",
            "allocate --from " + list,
            "arrive SLOT-01",
            "cancel SLOT-01",
            "reallocate SLOT-01",
            "move SLOT-01 --to SLOT",
            "undo SLOT-01 --reason x",
            "owed",
            "slip SLOT-01",
            "slot open --doctor RAO --start 2030-01-07T11:00Z --minutes 60 --capacity 2",
            "slot open --from " + roster,
            "slot delay SLOT --minutes 5",
            "slot cancel SLOT --reason ill",
            "slot complete SLOT --yes",
            "slot change SLOT --capacity 9",
            "slot reopen SLOT --reason x",
            "doctor add IYER --name Iyer",
            "doctor change RAO --name Iyer",
            "doctor deactivate RAO",
            "doctor activate RAO",
            "doctor late RAO --minutes 5",
            "doctor leave RAO --reason ill",
            "patient add --phone 9876543209 --name Esha",
            "patient change --phone 9876543201 --name Esha",
            "patient find Patient",
            "patient show 9876543201",
            "patient export 9876543201",
            "patient erase 9876543201 --reason asked",
            "audit",
            "audit verify",
            "audit seal",
            "db roles");
    for (String command : others) {
      var result = line.json(words(command));
      assertThat(result.exit()).as(command + ": " + result.out()).isEqualTo(8);
      assertThat(result.error().path("code").asText()).as(command).isEqualTo("ACCESS_DENIED");
      assertThat(result.error().path("message").asText())
          .as(command)
          .contains("consulting room", line.facility().name().role(FacilityRole.ROOM));
      assertThat(result.error().path("hint").asText())
          .as(command)
          .contains("next", "audit explain", "the desk");
    }
    assertThat(line.json("db", "migrate").exit()).isEqualTo(8);
    login(line.facility().deskSettings().user(), line.facility().deskSettings().password());
    assertThat(line.run("audit", "verify").exit()).isZero();
  }

  @Test
  void aConsoleOffersAndHelpsWithItsCommandsOnly() {
    asRoom();
    var console =
        line.script("n --slot %s --room 2\nd last\na\nhelp\nhelp allocate\n".formatted(SLOT));
    assertThat(console.out())
        .contains("CALLED", "COMPLETED", "Commands:", "  next ", "  audit ", "  help ")
        .doesNotContain("  allocate ", "  undo ", "  patient ", "  owed ");
    assertThat(console.err())
        .contains("rights of a consulting room", "there is no help on \"allocate\"");
    // The worst of its commands.
    assertThat(console.exit()).isEqualTo(8);
  }

  /// What is said in a sentence is what the commands say of themselves.
  @Test
  void theSentenceNamesTheCommandsThatAreForRooms() {
    Surroundings none =
        new Surroundings(
            Map.of(),
            null,
            new StandardOutput(new StringWriter()),
            new PrintWriter(new StringWriter()),
            false,
            0,
            0);
    CommandLine root = CommandTree.of(new CommandContext(none, ConsoleState.ofOneCommand()));
    Description.keepThoseForRooms(root);
    List<String> found = new ArrayList<>();
    names(root, "", found);

    List<String> said = List.of(RoomWork.COMMANDS.split(", | and "));
    assertThat(new TreeSet<>(found)).isEqualTo(new TreeSet<>(withAids(said)));
  }

  private static List<String> withAids(List<String> said) {
    List<String> all = new ArrayList<>(said);
    all.addAll(List.of("help", "explain", "config", "schema"));
    return all;
  }

  private static void names(CommandLine line, String before, List<String> found) {
    for (var below : line.getSubcommands().entrySet()) {
      String name = (before + " " + below.getKey()).strip();
      if (below.getValue().getSubcommands().isEmpty()) {
        found.add(name);
      }
      names(below.getValue(), name, found);
    }
  }
}
