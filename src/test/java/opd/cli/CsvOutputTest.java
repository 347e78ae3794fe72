package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-o csv` and `--columns`.
final class CsvOutputTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private static final String SLOT = CommandLineFixture.SLOT;
  private static final String[] ADMITTED = {
    "=1+1", "@cmd", "Menon, \"Asha\"", "+91", "-", "'=x", "'t Hooft"
  };

  @TempDir private Path folder;
  private CommandLineFixture line;

  @BeforeEach
  void admitPatientsWithNamesOfAllKinds() {
    line = new CommandLineFixture(facility.anew()).withSlot(20);
    for (int patient = 0; patient < ADMITTED.length; patient++) {
      CommandLineFixture.Result admitted =
          line.run(
              "allocate",
              "--slot",
              SLOT,
              "--phone",
              "98765432%02d".formatted(patient),
              "--name",
              ADMITTED[patient],
              "--priority",
              "paid",
              "--source",
              "app");
      assertThat(admitted.exit()).as(admitted.err()).isZero();
    }
    for (String served : List.of("arrive %s-01", "call %s-02 --room 2", "park %s-03")) {
      assertThat(line.run(served.formatted(SLOT).split(" ")).exit()).isZero();
    }
  }

  @AfterEach
  void close() {
    line.close();
  }

  private CommandLineFixture.Result csv(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("-o", "csv"));
    return line.run(all.toArray(String[]::new));
  }

  private static List<List<String>> records(CommandLineFixture.Result result) {
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().replace("\r\n", "")).doesNotContain("\n", "\r");
    return CsvReader.builder().ofCsvRecord(result.out()).stream()
        .map(CsvRecord::getFields)
        .toList();
  }

  @Test
  void everyFieldOfTheJsonIsAColumnUnderItsName() {
    Map<List<String>, String> objects =
        Map.of(
            List.of("queue", SLOT), "/tokens",
            List.of("slot", "list", "--all"), "",
            List.of("doctor", "list"), "",
            List.of("patient", "find", "Asha"), "",
            List.of("patient", "show", "9876543200"), "/tokens",
            List.of("audit", "--limit", "3"), "",
            List.of("config"), "");
    objects.forEach((words, pointer) -> {
      List<String> header = records(csv(words.toArray(String[]::new))).getFirst();
      Set<String> fields = new TreeSet<>();
      for (JsonNode node : line.json(words.toArray(String[]::new)).jsonLines()) {
        JsonNode listed = node.at(pointer);
        (listed.isArray() ? listed : List.of(listed)).forEach(each -> names("", each, fields));
      }
      assertThat(header).as("%s", words).containsAll(fields).doesNotHaveDuplicates();
    });
  }

  private static void names(String path, JsonNode node, Set<String> names) {
    node.properties()
        .forEach(field -> {
          boolean isObject = field.getValue().isObject() && !field.getKey().equals("facts");
          if (isObject) {
            names(path + field.getKey() + ".", field.getValue(), names);
          } else {
            names.add(path + field.getKey());
          }
        });
  }

  private void openTheNextMorning() {
    String options = "--doctor RAO --start 2030-01-08T09:00Z --minutes 60 --capacity 9";
    line.run(("slot open " + options).split(" "));
  }

  @Test
  void aSpreadsheetComputesNothingAndTheListsTakeItBack() throws IOException {
    CommandLineFixture.Result queue = csv("queue", SLOT);
    List<List<String>> rows = records(queue);
    int name = rows.getFirst().indexOf("patient.name");
    int phone = rows.getFirst().indexOf("patient.phone");
    assertThat(rows.stream().skip(1).map(row -> row.get(name)))
        .containsExactly("'=1+1", "'@cmd", "Menon, \"Asha\"", "'+91", "'-", "''=x", "'t Hooft");
    assertThat(rows.get(1).get(phone)).isEqualTo("'+919876543200");

    openTheNextMorning();
    Path list = Files.writeString(folder.resolve("queue.csv"), queue.out());
    CommandLineFixture.Result taken =
        line.json("allocate", "--from", list.toString(), "--date", "2030-01-08", "--strict");
    assertThat(taken.exit()).as(taken.out() + taken.err()).isZero();
    assertThat(taken.err()).isEmpty();
    assertThat(taken.jsonLines().stream().map(each -> each.at("/token/patient/name").asText()))
        .containsExactly(ADMITTED);
    assertThat(taken.jsonLines().getFirst().at("/token/slot").asText())
        .isEqualTo("RAO-20300108-0900");
  }

  @Test
  void whoHasGivenUpThePlaceGetsNoneByTheListThatSaysSo() throws IOException {
    line.run("cancel", SLOT + "-02");
    line.run("no-show", SLOT + "-03");
    openTheNextMorning();
    Path list = folder.resolve("queue.csv");
    Files.writeString(list, csv("queue", SLOT, "--all").out());
    CommandLineFixture.Result taken =
        line.json("allocate", "--from", list.toString(), "--date", "2030-01-08");
    List<JsonNode> invalid =
        taken.jsonLines().stream()
            .filter(each -> each.path("outcome").asText().equals("INVALID"))
            .toList();
    assertThat(invalid).allMatch(each -> each.path("field").asText().equals("status"));
    assertThat(invalid.stream().map(each -> each.path("reason").asText().split(":", 2)[0]))
        .containsExactly("status is CANCELLED", "status is NO_SHOW");

    Files.writeString(
        list,
        "slot,phone,name,priority,source,status\n%s,9876543299,New,paid,app,Booked\n"
            .formatted("RAO-20300108-0900"));
    assertThat(line.json("allocate", "--from", list.toString()).exit()).isZero();
  }

  @Test
  void aListOfSlotsIsARoster() throws IOException {
    openTheNextMorning();
    String slots = csv("slot", "list", "--all").out();
    Path list = Files.writeString(folder.resolve("slots.csv"), slots);
    assertThat(csv("slot", "open", "--from", list.toString(), "--columns", "line,outcome").out())
        .isEqualTo("line,outcome\r\n2,EXISTS\r\n3,EXISTS\r\n");
    try (CommandLineFixture other = new CommandLineFixture()) {
      other.run("doctor", "add", "RAO", "--name", "Dr. Rao");
      CommandLineFixture.Result opened = other.json("slot", "open", "--from", list.toString());
      assertThat(opened.exit()).as(opened.out()).isZero();
      assertThat(opened.err()).isEmpty();
      String columns = "label,start,end,capacity";
      assertThat(other.run("slot", "list", "--all", "-o", "csv", "--columns", columns).out())
          .isEqualTo(csv("slot", "list", "--all", "--columns", columns).out());
    }
  }

  @Test
  void columnsAreChosenForTablesToo() {
    assertThat(line.run("queue", SLOT, "--columns", "position, Patient.Phone,expectedAt").out())
        .startsWith(
            """
            POSITION  PATIENT.PHONE  EXPECTEDAT
                   1  +919876543200  2030-01-07 09:00
            """);
    assertThat(csv("slot", "list", "--all", "--columns", "free,label").out())
        .isEqualTo("free,label\r\n13," + SLOT + "\r\n");
    // The header stands also where nothing is listed.
    assertThat(csv("slot", "list", "--date", "2031-01-01", "--columns", "label").out())
        .isEqualTo("label\r\n");
    assertThat(csv("patient", "show", "9876543200", "--columns", "label,patient.member").out())
        .isEqualTo("label,patient.member\r\n" + SLOT + "-01,1\r\n");
  }

  @Test
  void whereNothingIsListedItIsWrongUsageBeforeAnythingIsDone() {
    for (List<String> words :
        List.of(
            List.of("cancel", SLOT + "-01", "-o", "csv"),
            List.of("cancel", SLOT + "-01", "--columns", "label"),
            List.of("slot", "show", SLOT, "-o", "csv"),
            List.of("queue", "--watch", "-o", "csv"),
            List.of("queue", SLOT, "--columns", "lable"),
            List.of("queue", SLOT, "--columns", "label,label"),
            List.of("queue", SLOT, "--columns", "label", "-o", "json"))) {
      CommandLineFixture.Result result = line.run(words.toArray(String[]::new));
      assertThat(result.exit()).as("%s", words).isEqualTo(2);
      assertThat(result.out()).isEmpty();
    }
    assertThat(line.run("queue", SLOT, "--columns", "lable").err()).contains("did you mean label?");
    assertThat(line.json("queue", SLOT).json().path("tokens")).hasSize(ADMITTED.length);

    line.with("OPD_OUTPUT", "csv");
    assertThat(line.run("cancel", SLOT + "-01").out()).startsWith("CANCELLED");
    assertThat(line.run("doctor", "list").out().lines().collect(Collectors.joining("|")))
        .isEqualTo("code,name,specialization,active|RAO,Dr. Rao,,true");
    assertThat(line.run("slot", "list", "--help").exit()).isZero();
  }
}
