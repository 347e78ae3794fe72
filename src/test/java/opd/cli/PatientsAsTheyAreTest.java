package opd.cli;

import static opd.cli.CommandLineFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import opd.cli.CommandLineFixture.Result;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Patients without a phone, families with one, and numbers that are none.
final class PatientsAsTheyAreTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  @TempDir Path folder;
  private CommandLineFixture line;

  @BeforeEach
  void open() {
    line = new CommandLineFixture(facility.anew()).withSlot(20);
  }

  @AfterEach
  void close() {
    line.close();
  }

  private Result json(String command, String... more) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
    words.addAll(List.of(more));
    return line.json(words.toArray(String[]::new));
  }

  private Result allocate(String options, String... more) {
    return json("allocate --slot " + SLOT + " --source walk-in " + options, more);
  }

  private static String code(Result result) {
    return result.error().path("code").asText();
  }

  private static String message(Result result) {
    return result.error().path("message").asText() + " / " + result.error().path("hint").asText();
  }

  @Test
  void anEmergencyWhoseNumberNobodyKnowsIsTreatedAndIdentifiedLater() {
    Result missing = allocate("--priority emergency", "--name", "Unknown male 40");
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(message(missing)).contains("--unknown");
    assertThat(allocate("--priority paid --unknown", "--name", "X").exit()).isEqualTo(2);
    assertThat(allocate("--priority emergency --unknown --phone 9876543210").exit()).isEqualTo(2);

    Result first = allocate("--priority emergency --unknown", "--name", "Unknown male 40");
    assertThat(first.exit()).as(first.err()).isZero();
    JsonNode patient = first.json().path("token").path("patient");
    String reference = "U-" + patient.path("id").asLong();
    assertThat(patient.path("reference").asText()).isEqualTo(reference);
    assertThat(patient.path("phone").isNull()).isTrue();
    JsonNode other =
        allocate("--priority emergency --unknown").json().path("token").path("patient");
    assertThat(other.path("name").asText()).isEqualTo("Unknown");
    assertThat(other.path("id").asLong()).isNotEqualTo(patient.path("id").asLong());

    // The reference stands wherever a number does.
    assertThat(allocate("--priority paid --phone " + reference).json().path("code").asText())
        .isEqualTo("DUPLICATE_TOKEN");
    assertThat(code(allocate("--priority paid --phone " + reference, "--name", "Somebody")))
        .isEqualTo("NAME_DIFFERS");
    assertThat(json("patient show " + reference).json().path("tokens")).hasSize(1);
    assertThat(json("patient find " + reference).json().path("name").asText())
        .isEqualTo("Unknown male 40");
    assertThat(json("audit --patient " + reference).jsonLines()).hasSize(3);
    assertThat(line.run("queue", SLOT).out()).contains(reference, "Unknown male 40");
    assertThat(line.run("slip", SLOT + "-01").out()).contains(reference, "Unknown male 40");
    assertThat(line.run("patient", "show", reference).out()).contains(reference);
    assertThat(line.run("audit", "explain", SLOT + "-01").exit()).isZero();

    json("patient add --phone 9876543210 --name Ramesh");
    Result known = json("patient change " + reference + " --new-phone 9876543210");
    assertThat(code(known)).isEqualTo("PATIENT_EXISTS");
    assertThat(message(known)).contains("Ramesh");
    assertThat(code(json("patient change " + reference + " --name RAMESH --new-phone 9876543210")))
        .isEqualTo("PATIENT_EXISTS");
    Result identified =
        json("patient change " + reference + " --name Suresh --new-phone 9876543210");
    assertThat(identified.json().path("phone").asText()).isEqualTo("+919876543210");
    assertThat(identified.json().path("member").asInt()).isEqualTo(2);
    assertThat(identified.json().path("reference").isNull()).isTrue();
    assertThat(json("patient show " + reference).exit()).isEqualTo(4);
    assertThat(json("audit verify").json().path("ok").asBoolean()).isTrue();
  }

  @Test
  void aFamilyOnOnePhoneIsToldApartAndNamed() {
    json("patient add --phone 9876543210", "--name", "Shaun O'Brien");
    assertThat(allocate("--priority paid --phone 9876543210", "--name", "SHAUN O’BRIEN").exit())
        .isZero();
    Result second = allocate("--priority paid --phone 9876543210", "--name", "Mary O'Brien");
    assertThat(second.exit()).isEqualTo(2);
    assertThat(code(second)).isEqualTo("NAME_DIFFERS");
    assertThat(message(second)).contains("is Shaun O'Brien's", "1 Shaun O'Brien", "--member next");

    Result next =
        allocate("--priority paid --phone 9876543210 --member next", "--name", "Mary O'Brien");
    assertThat(next.json().path("token").path("patient").path("member").asInt()).isEqualTo(2);
    Result again =
        allocate("--priority paid --phone 9876543210 --member next", "--name", "Mary OBrien");
    assertThat(again.json().path("code").asText()).isEqualTo("DUPLICATE_TOKEN");
    assertThat(code(allocate("--priority paid --phone 9876543210 --member next")))
        .isEqualTo("INVALID_INPUT");
    assertThat(message(allocate("--priority paid --phone 9876543210", "--name", "Tim O'Brien")))
        .contains("1 Shaun O'Brien, 2 Mary O'Brien");

    assertThat(
            json("patient add --phone 9876543210 --member next", "--name", "Tim")
                .json()
                .path("member")
                .asInt())
        .isEqualTo(3);
    assertThat(code(json("patient add --phone 9876543210 --member next", "--name", "tim")))
        .isEqualTo("PATIENT_EXISTS");
    assertThat(message(json("patient add --phone 9876543210", "--name", "Tim")))
        .contains("member 1", "3 Tim");
  }

  @Test
  void aRequestForTheNextMemberIsRepeatedAsItWasTyped() {
    String options = "--priority paid --phone 9876543210 --member next --request-id r1";
    JsonNode first = allocate(options, "--name", "Asha").json();
    JsonNode again = allocate(options, "--name", "Asha").json();
    assertThat(again.path("replayed").asBoolean()).isTrue();
    assertThat(again.path("token")).isEqualTo(first.path("token"));
    assertThat(code(allocate(options.replace("next", "1"), "--name", "Asha")))
        .isEqualTo("REQUEST_ID_REUSED");
    String unknown = "--priority emergency --unknown --request-id r2";
    assertThat(allocate(unknown).json().path("token").path("id"))
        .isEqualTo(allocate(unknown).json().path("token").path("id"));
  }

  @Test
  void aNumberIsChangedOntoAPhoneThatOthersHave() {
    json("patient add --phone 9800000001", "--name", "Asha");
    json("patient add --phone 9800000002", "--name", "Ravi");
    json("patient add --phone 9800000003 --member 4", "--name", "Leela");
    Result plain = json("patient change --phone 9800000002 --new-phone 9800000001");
    assertThat(plain.json().path("member").asInt()).as(plain.err()).isEqualTo(2);
    Result member = json("patient change --phone 9800000003 --member 4 --new-phone 9800000001");
    assertThat(member.json().path("member").asInt()).as(member.err()).isEqualTo(3);
    // To a number of one's own, as its first member.
    Result own = json("patient change --phone 9800000001 --member 2 --new-phone 9800000009");
    assertThat(own.json().path("member").asInt()).isEqualTo(1);
    Result same =
        json("patient change 9800000001 --member 3 --new-phone 9800000001", "--name", "L");
    assertThat(same.json().path("member").asInt()).isEqualTo(3);
    json("patient add --phone 9800000008", "--name", "asha");
    assertThat(code(json("patient change 9800000008 --new-phone 9800000001")))
        .isEqualTo("PATIENT_EXISTS");
    assertThat(json("audit verify").json().path("ok").asBoolean()).isTrue();
  }

  @Test
  void aNumberThatIsNoneIsRefusedAndAnUnusualOneIsTakenWithAWarning() throws IOException {
    for (String typed : List.of("9876543210.0", "9.876543210E9", "9876543216 (son)")) {
      Result result = allocate("--priority paid", "--name", "A", "--phone", typed);
      assertThat(result.exit()).isEqualTo(2);
      assertThat(code(result)).as(typed).isEqualTo("INVALID_INPUT");
    }
    Result unusual = allocate("--priority paid", "--name", "B", "--phone", "98765 4321");
    assertThat(unusual.exit()).isZero();
    assertThat(unusual.err()).isEmpty();
    assertThat(unusual.json().path("warnings").toString()).isEqualTo("[\"UNUSUAL_NUMBER\"]");
    Result refused = allocate("--priority paid", "--phone", "98765 4321");
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.json().path("warnings").toString()).isEqualTo("[\"UNUSUAL_NUMBER\"]");
    assertThat(json("patient show 987654321").json().path("warnings")).hasSize(1);
    Result table = line.run("patient", "add", "--phone", "98765432101", "--name", "C");
    assertThat(table.err()).contains("UNUSUAL_NUMBER").hasLineCount(1);
    assertThat(table.out()).doesNotContain("UNUSUAL");

    Path list = folder.resolve("list.csv");
    Files.writeString(
        list,
        "slot,phone,name,priority,source,member\n"
            + "%1$s,987654322,D,PAID,APP,\n%1$s,9876543210,E,PAID,APP,\n".formatted(SLOT)
            + "%1$s,9876543210,F,PAID,APP,next\n%1$s,9876543210,F,PAID,APP,\n".formatted(SLOT)
            + "%1$s,9876543211.0,G,PAID,APP,\n%1$s,9876543210,G,PAID,APP,Next\n".formatted(SLOT)
            + "%1$s,9876543210,f,FOLLOW_UP,APP,next\n".formatted(SLOT));
    List<JsonNode> results = json("allocate --from", list.toString()).jsonLines();
    assertThat(results).hasSize(7);
    assertThat(results.get(0).path("warnings").toString()).isEqualTo("[\"UNUSUAL_NUMBER\"]");
    assertThat(results.get(1).path("warnings")).isEmpty();
    assertThat(results.get(2).path("token").path("patient").path("member").asInt()).isEqualTo(2);
    assertThat(results.get(3).path("code").asText()).isEqualTo("NAME_DIFFERS");
    assertThat(results.get(3).path("reason").asText()).contains("1 E, 2 F").doesNotContain("3 G");
    assertThat(results.get(3).path("hint").asText()).contains("--member next");
    assertThat(results.get(4).path("reason").asText()).contains("spreadsheet");
    assertThat(results.get(5).path("token").path("patient").path("member").asInt()).isEqualTo(3);
    assertThat(results.get(6).path("code").asText()).isEqualTo("DUPLICATE_TOKEN");
    assertThat(line.run("allocate", "--from", list.toString()).out())
        .contains("line 2  UNUSUAL_NUMBER");
    // Said, and never stored.
    assertThat(json("audit").out()).doesNotContain("UNUSUAL");
  }

  @Test
  void aPatientIsFoundAsPeopleTypeAndWhereTheTokenOfTodayStands() {
    json("patient add --phone 9876543210", "--name", "Asha Menon");
    json("patient add --phone 9876543211", "--name", "Shaun O’Brien");
    for (String typed :
        List.of("Menon Asha", "menon", "sha men", "09876543210", "00919876543210", "98765 43210")) {
      assertThat(json("patient find", typed).json().path("name").asText())
          .as(typed)
          .isEqualTo("Asha Menon");
    }
    for (String typed : List.of("o'brien SHAUN", "OBrien", "o brien", "Shaun O’Brien")) {
      assertThat(json("patient find", typed).json().path("member").asInt()).as(typed).isEqualTo(1);
    }
    assertThat(json("patient find", "Menon Bala").jsonLines()).isEmpty();

    assertThat(json("patient find Menon").json().path("today")).isEmpty();
    // One of the two is today's, whenever midnight is.
    LocalDate day = LocalDate.now(ZoneOffset.UTC);
    for (LocalDate each : List.of(day, day.plusDays(1))) {
      json("slot open --doctor RAO --minutes 60 --capacity 9 --start " + each + "T00:00Z");
      json(
          "allocate --priority paid --source app --phone 9876543210 --slot RAO-%s-0000"
              .formatted(each.toString().replace("-", "")));
    }
    JsonNode today = json("patient find Menon").json().path("today");
    assertThat(today).hasSize(1);
    assertThat(today.path(0).path("position").asInt()).isEqualTo(1);
    assertThat(line.run("patient", "find", "menon").out()).containsPattern("-0000-01  1  +");
  }
}
