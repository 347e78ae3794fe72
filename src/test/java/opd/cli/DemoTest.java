package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import opd.testing.OwnDatabase;
import org.junit.jupiter.api.Test;

/// `opd demo`.
final class DemoTest {
  @Test
  void inItItIsTheMiddleOfADayAtEveryHour() {
    Set<String> known = java.time.zone.ZoneRulesProvider.getAvailableZoneIds();
    for (int hour = 0; hour < 24; hour++) {
      Instant now = LocalDate.of(2026, 11, 22).atTime(hour, 40).toInstant(ZoneOffset.UTC);
      var zone = DemoCommand.zone(now);
      assertThat(now.atZone(zone).getHour()).isEqualTo(11);
      assertThat(known).contains(zone.getId());
    }
  }

  @Test
  void itIsMadePlayedWithAndTakenAwayAgain() throws Exception {
    try (CommandLineFixture line = new CommandLineFixture();
        OwnDatabase database = new OwnDatabase("")) {
      var owner = database.administrator();
      line.with("OPD_DB_URL", owner.url())
          .with("OPD_DB_USER", owner.user())
          .with("OPD_DB_PASSWORD", owner.password());
      assertThat(line.run("demo", "--remove").exit()).as("before there is one").isEqualTo(4);

      var made = line.run("demo");
      assertThat(made.exit()).as(made.err()).isZero();
      assertThat(made.out()).contains("It is 11:").contains("opd demo --remove");
      assertThat(made.out().lines()).allMatch(each -> each.length() <= 80);
      line.with("OPD_FACILITY", "demo");
      assertThat(line.json("queue", "RAO-1200").json().path("slot").path("free").asInt()).isZero();
      assertThat(line.json("reallocate", "RAO-1200-03").json().path("outcome").asText())
          .isEqualTo("ADMITTED");
      assertThat(line.run("slot", "list").out()).contains("DELAYED 25 min");
      assertThat(line.run("audit", "verify").exit()).isZero();
      assertThat(line.json("demo").error().path("code").asText())
          .as("a second one")
          .isEqualTo("USAGE");

      var removed = line.json("demo", "--remove");
      assertThat(removed.err()).isEmpty();
      assertThat(OutputSchema.checked("facility-line", removed.json()).path("outcome").asText())
          .isEqualTo("DROPPED");
      assertThat(line.run("queue").exit()).isEqualTo(4);

      assertThat(line.run("db", "migrate").exit()).isZero();
      assertThat(line.run("doctor", "add", "RAO", "--name", "Dr. Rao").exit()).isZero();
      assertThat(line.json("demo", "--remove").error().path("message").asText())
          .as("a hospital of that name")
          .contains("was not made by");
      assertThat(line.run("doctor", "show", "RAO").exit()).isZero();
      line.with("OPD_FACILITY", line.facility().name().value());
      new opd.store.schema.Removal(
              new opd.store.connection.DatabaseSettings(
                  owner.url(),
                  owner.user(),
                  owner.password(),
                  opd.cli.command.DemoFacility.NAME,
                  owner.budget()))
          .dropIfThere();
    }
  }
}
