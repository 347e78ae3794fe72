package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import opd.testing.Prompt;
import org.junit.jupiter.api.Test;

/// Should a text that harms a screen get past every check into the database, it is still shown
/// harmlessly wherever people read it, or refused.
final class PlantedTextTest {
  private static final String PLANTED = "Asha\u001b[2J\u202e\u009b1A\u2028\rMenon\u0007";

  @Test
  void whatWasPlantedInTheDatabaseIsShownHarmlessly() throws SQLException {
    try (CommandLineFixture line = new CommandLineFixture().withSlot(2)) {
      assertThat(line.allocate(1, "paid").exit()).isZero();
      try (Prompt prompt = Prompt.asSuperuser(line.facility())) {
        prompt.run(
            "set session_replication_role = replica",
            "alter domain patient_name drop constraint patient_name_is_plain_text",
            "alter table doctor drop constraint doctor_name_is_plain_text",
            "alter table doctor drop constraint doctor_specialization_is_plain_text",
            "alter domain audit_entry_actor drop constraint audit_entry_actor_is_plain_text",
            "update patient set name = " + PLANTED_SQL,
            "update doctor set name = %1$s, specialization = %1$s".formatted(PLANTED_SQL),
            "update audit_entry set actor = " + PLANTED_SQL);
      }
      for (String command :
          List.of(
              "queue " + CommandLineFixture.SLOT,
              "queue --date 2030-01-07 --all",
              "slot show " + CommandLineFixture.SLOT,
              "slot list --all",
              "slip " + CommandLineFixture.SLOT + "-01",
              "doctor list",
              "doctor show RAO",
              "patient find 543201",
              "patient show 9876543201",
              "audit",
              "audit explain " + CommandLineFixture.SLOT + "-01",
              "audit verify",
              "allocate --slot RAO-20300107-0900 --phone 9876543201 --priority paid --source app",
              "cancel " + CommandLineFixture.SLOT + "-01")) {
        CommandLineFixture.Result result = line.run(command.split(" "));
        String shown = result.out() + result.err();
        assertThat(shown).as(command).isNotEmpty();
        assertThat(result.exit()).as(command).isNotEqualTo(1);
        assertThat(Visible.firstHarmful(shown)).as(command + ": " + Visible.of(shown)).isEmpty();
      }
    }
  }

  // PostgreSQL's own escapes keep the statement itself readable.
  private static final String PLANTED_SQL = "E'" + escaped() + "'";

  private static String escaped() {
    StringBuilder text = new StringBuilder();
    PLANTED.codePoints().forEach(character -> text.append("\\u%04x".formatted(character)));
    return text.toString();
  }
}
