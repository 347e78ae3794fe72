package opd.cli;

import static opd.cli.CommandLineFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import opd.cli.session.Surroundings;
import opd.output.StandardOutput;
import opd.testing.ForgetfulPooler;
import opd.testing.Prompt;
import opd.testing.TestServer;
import org.junit.jupiter.api.Test;

/// A console lives for a day; its connection does not.
final class LostConnectionTest {
  private static final String NAME = "opd-lost-connection-test";
  private static final String MINE =
      "from pg_stat_activity where application_name = '" + NAME + "'";

  @Test
  void aConsoleKeepsOneConnectionAndSaysOnceWhenItIsLost() throws Exception {
    try (CommandLineFixture line = new CommandLineFixture().withSlot(5);
        Prompt superuser = Prompt.asSuperuser(line.facility())) {
      line.with("OPD_DB_URL", line.facility().deskSettings().url() + "?ApplicationName=" + NAME);
      try (DrivenConsole console = new DrivenConsole(line.environment())) {
        assertThat(exit(console.ask(allocate(1)))).isZero();
        assertThat(exit(console.ask(allocate(2)))).isZero();
        assertThat(superuser.number("select count(*) " + MINE)).isEqualTo(1);

        superuser.column("select pg_terminate_backend(pid, 10000) " + MINE);

        List<JsonNode> afterwards = console.ask(allocate(3));
        assertThat(exit(afterwards)).isZero();
        assertThat(afterwards.getFirst().path("token").path("sequence").asInt()).isEqualTo(3);
        assertThat(exit(console.ask(allocate(4)))).isZero();
        assertThat(console.err().lines())
            .containsExactly(
                "the connection to the database was lost; making a new one",
                "connected to the database again");
        assertThat(console.leave()).isZero();
      }
      assertThat(line.json("queue", SLOT).json().path("tokens")).hasSize(4);
    }
  }

  @Test
  void aCommandThatFindsNoServerFailsHonestlyAndTheConsoleGoesOn() throws Exception {
    try (CommandLineFixture line = new CommandLineFixture().withSlot(5);
        DrivenConsole console = new DrivenConsole(line.environment())) {
      JsonNode end =
          console.ask("queue --timeout 0.2 --db postgresql://127.0.0.1:1/nowhere").getLast();

      assertThat(end.path("exit").asInt()).isEqualTo(5);
      assertThat(end.path("error").path("code").asText()).isEqualTo("DATABASE_UNAVAILABLE");
      assertThat(exit(console.ask(allocate(1)))).isZero();
      assertThat(console.leave()).isEqualTo(5);
    }
  }

  @Test
  void aSlipThatCannotBePrintedIsNoErrorOfTheDecisionThatWasStored() throws Exception {
    try (CommandLineFixture line = new CommandLineFixture().withSlot(5);
        ForgetfulPooler pooler = new ForgetfulPooler(TestServer.get().port(), false)) {
      String direct = line.facility().deskSettings().url();
      line.with("OPD_DB_URL", pooler.url(direct));
      StringWriter err = new StringWriter();
      int exit =
          Program.run(
              new Surroundings(
                  line.environment(),
                  null,
                  new StandardOutput(closingWhenWritten(pooler)),
                  new PrintWriter(err),
                  false,
                  0,
                  0),
              (allocate(1).replace("'", "") + " --slip --timeout 2").split(" "));

      assertThat(exit).isEqualTo(6);
      assertThat(err.toString())
          .contains("it was decided and stored, but the slip cannot be printed")
          .contains("opd slip " + SLOT + "-01");
      line.with("OPD_DB_URL", direct);
      assertThat(line.run("slip", SLOT + "-01").out()).contains("TOKEN");
    }
  }

  /// Standard output during whose first line the connection breaks.
  private static Writer closingWhenWritten(ForgetfulPooler pooler) {
    return new StringWriter() {
      @Override
      public void write(String text, int start, int length) {
        try {
          pooler.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static String allocate(int patient) {
    return "allocate --slot %s --phone 987654320%d --name 'Patient' --priority paid --source app"
        .formatted(SLOT, patient);
  }

  private static int exit(List<JsonNode> lines) {
    return lines.getLast().path("exit").asInt();
  }
}
