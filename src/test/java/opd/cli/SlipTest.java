package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SlipTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private CommandLineFixture line;

  @BeforeEach
  void aSlot() {
    line = new CommandLineFixture(facility.anew()).withSlot(1);
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void aSlipHas32ColumnsAndTheTimesOfTheZone() {
    line.allocate(1, "paid");
    assertThat(line.run("slip", CommandLineFixture.SLOT + "-01", "--zone", "Asia/Kolkata").out())
        .isEqualTo(
            """
            --------------------------------
                        Dr. Rao
                     Mon 7 Jan 2030
                    14:30–15:30 IST
            --------------------------------
            TOKEN                         01
            EXPECTED ABOUT             14:30
            PLACE IN THE QUEUE             1
            PRIORITY                    paid

            Patient 1
            RAO-20300107-0900-01
            --------------------------------
            """);
  }

  @Test
  void allocatePrintsOneForWhoGotAPlaceAndForNobodyElse() {
    assertThat(line.allocate(1, "paid", "--slip", "--dry-run").out()).doesNotContain("-----");
    assertThat(line.allocate(1, "paid", "--slip").out())
        .contains("ADMITTED", "TOKEN                         01");
    assertThat(line.allocate(2, "follow-up", "--slip").out())
        .contains("REFUSED")
        .doesNotContain("-----");
  }

  @Test
  void aTokenWithoutAPlaceSaysSoAndALongNameIsShownInFull() {
    String name = "श्रीमती अनुराधा वेंकटरमन सुब्रमण्यम लक्ष्मीनारायणन अय्यर";
    line.run("patient", "add", "--phone", "9876543299", "--name", name);
    line.run(
        "allocate",
        "--slot",
        CommandLineFixture.SLOT,
        "--phone",
        "9876543299",
        "--priority",
        "paid",
        "--source",
        "app");
    line.allocate(2, "emergency");
    String slip = line.run("slip", CommandLineFixture.SLOT + "-01").out();
    assertThat(slip).contains("STATUS                 DISPLACED");
    assertThat(slip.lines().reduce("", (all, next) -> all + " " + next).replaceAll(" +", " "))
        .contains(name);
  }

  @Test
  void inJsonItIsTheToken() {
    line.allocate(1, "paid");
    assertThat(line.json("slip", CommandLineFixture.SLOT + "-01").json().at("/label").asText())
        .isEqualTo(CommandLineFixture.SLOT + "-01");
    assertThat(line.run("slip", CommandLineFixture.SLOT + "-09").exit()).isEqualTo(4);
  }
}
