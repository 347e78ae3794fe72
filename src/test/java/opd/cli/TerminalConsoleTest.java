package opd.cli;

import static opd.testing.PseudoTerminal.CTRL_C;
import static opd.testing.PseudoTerminal.CTRL_D;
import static opd.testing.PseudoTerminal.ENTER;
import static opd.testing.PseudoTerminal.TAB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import opd.server.ManagedServer;
import opd.testing.PseudoTerminal;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A front desk at work: the console at a pseudo-terminal, with a local server of its own that is
/// restarted under it.
@Order(13)
final class TerminalConsoleTest {
  private static final int ALLOCATIONS = 20;
  private static final int TYPED_AHEAD = 300;

  @TempDir Path home;

  private PseudoTerminal terminal;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        PseudoTerminal.isAvailable(), "needs script of util-linux to make a pseudo-terminal");
    TestServer.lendHome(home);
    ProcessBuilder program =
        CommandLineFixture.program(
            List.of("-Dopd.columns=120", "-Dopd.interactive=true"), "console");
    terminal =
        PseudoTerminal.start(
            program.command(),
            Map.of(
                "OPD_HOME",
                home.toString(),
                "OPD_ACTOR",
                "desk1",
                "XDG_CONFIG_HOME",
                "/proc/nonexistent"));
  }

  @AfterEach
  void stop() {
    if (terminal != null) {
      terminal.close();
      server().stop();
    }
  }

  private ManagedServer server() {
    return new ManagedServer(home, line -> {});
  }

  @Test
  void aDeskWorksAMorning() throws Exception {
    typeWhileItStarts();
    String slot = openASlot();
    completeAfterABlank();

    allocateWithCompletion(slot);
    fillInTheForm();
    allocateTypedAhead();
    restartTheServer();
    nameTokensByTheQueue(slot);
    workAShortShift();
    abandonALine();
    cancelAsksFirst(slot);

    terminal.type(CTRL_D);
    assertThat(terminal.ended()).isZero();
    keepsTheHistoryPrivate();
  }

  private void typeWhileItStarts() throws Exception {
    terminal.type("doctor add RAO --name 'Dr. Rao'" + ENTER);
    terminal.await("main desk1> ");
    terminal.await("ACTIVE  RAO");
    terminal.await("main desk1> ");
  }

  /// The second Tab puts in what the first one listed, and nothing that was typed is lost.
  private void completeAfterABlank() throws Exception {
    terminal.type("queue " + TAB);
    terminal.await("--privacy");
    terminal.type(TAB + ENTER + ENTER);
    terminal.await("0 of 20 taken");
    terminal.await("> ");
  }

  private void cancelAsksFirst(String slot) throws Exception {
    terminal.type("c #3" + ENTER);
    terminal.await("Cancel " + slot + "-01, Patient 1? [y/N]: ");
    terminal.type(ENTER);
    terminal.await("Nothing was changed.");
    terminal.await("> ");
  }

  /// In a quarter of an hour, so that it is among those of today whatever the time is.
  private String openASlot() throws Exception {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(15, ChronoUnit.MINUTES);
    terminal.type("slot open --doctor r" + TAB);
    terminal.await("RAO");
    terminal.type(" --start " + start + " --minutes 60 --capacity " + ALLOCATIONS + ENTER);
    terminal.await("OPEN  ");
    String slot = terminal.await("  ");
    terminal.await("main desk1> ");
    run("use " + slot);
    return slot;
  }

  private void allocateWithCompletion(String slot) throws Exception {
    for (int patient = 1; patient <= ALLOCATIONS - 2; patient++) {
      terminal.type("al" + TAB);
      terminal.await("ocate ");
      terminal.type("--ph" + TAB);
      terminal.await("one ");
      terminal.type("98765432%02d --name 'Patient %d' --pri".formatted(patient, patient) + TAB);
      terminal.await("ority ");
      terminal.type("f" + TAB);
      terminal.await("ollow-up ");
      terminal.type("--so" + TAB);
      terminal.await("urce ");
      terminal.type("w" + TAB);
      terminal.await("alk-in");
      terminal.type(ENTER);
      terminal.await("ADMITTED  %s-%02d".formatted(slot, patient));
      terminal.await("> ");
    }
  }

  private void fillInTheForm() throws Exception {
    terminal.type("a" + ENTER);
    terminal.await("phone: ");
    terminal.type("nonsense" + ENTER);
    terminal.await("cannot be a phone number");
    terminal.await("phone: ");
    terminal.type("9876543277" + ENTER);
    terminal.await("name: ");
    terminal.type("Guided Person" + ENTER);
    terminal.await("priority: ");
    terminal.type("p" + ENTER);
    terminal.await("source [walk-in]: ");
    terminal.type(ENTER);
    terminal.await("Guided Person  +919876543277  new");
    terminal.await("give the token?");
    terminal.type(ENTER);
    terminal.await("ADMITTED");
    terminal.await("> ");
  }

  /// All of it is sent before the first command has ended, and is more than a terminal holds.
  private void allocateTypedAhead() throws Exception {
    StringBuilder ahead = new StringBuilder();
    for (int doctor = 0; doctor < TYPED_AHEAD; doctor++) {
      ahead.append("doctor add D%03d --name 'Dr. %<d'".formatted(doctor)).append(ENTER);
    }
    ahead.append("a --phone 9876543299 --name Ahead --priority emergency --source staff");
    terminal.type(ahead + ENTER);
    for (int doctor = 0; doctor < TYPED_AHEAD; doctor++) {
      terminal.await("ACTIVE  D%03d  ".formatted(doctor));
    }
    terminal.await("ADMITTED");
    terminal.await("Ahead");
    terminal.await("> ");
  }

  private void restartTheServer() throws Exception {
    assertThat(server().stop()).isTrue();
    server().start();
    terminal.type("queue" + ENTER);
    terminal.await("the connection to the database was lost; making a new one");
    terminal.await("connected to the database again");
    terminal.await("20 of 20 taken");
    terminal.await("> ");
  }

  private void nameTokensByTheQueue(String slot) throws Exception {
    terminal.type("complete #1; ns last" + ENTER);
    terminal.await("COMPLETED  " + slot + "-20");
    terminal.await("REFUSED TOKEN_NOT_ACTIVE  " + slot + "-20");
    terminal.await("> ");
  }

  /// Each question is waited for, and whoever asks one more makes the desk press more keys.
  private void workAShortShift() throws Exception {
    pasteADash();
    int before = terminal.keys();
    comes("9876540001", "Free Place", "f", "give the token?");
    terminal.type(ENTER);
    terminal.await("ADMITTED");
    terminal.await("> ");
    comes("9876540002", "Emergency Case", "e", "loses the place");
    terminal.await("give the token?");
    terminal.type(ENTER);
    terminal.await("DISPLACED");
    terminal.await("> ");
    comes("9876540003", "Late Comer", "f", "REFUSED SLOT_FULL");
    terminal.await("> ");
    terminal.type("d 22" + ENTER);
    terminal.await("COMPLETED");
    terminal.await("> ");
    assertThat(terminal.keys() - before).isEqualTo(28 + 32 + 27 + 5);
  }

  private void comes(String phone, String name, String priority, String then) throws Exception {
    terminal.type("a" + ENTER);
    terminal.await("phone: ");
    terminal.type(phone + ENTER);
    terminal.await("name: ");
    terminal.type(name + ENTER);
    terminal.await("priority: ");
    terminal.type(priority + ENTER);
    terminal.await("source [walk-in]: ");
    terminal.type(ENTER);
    terminal.await(then);
  }

  /// Before the form asks for anything.
  private void pasteADash() throws Exception {
    terminal.type("allocate \u2014slot RAO-2358" + ENTER);
    terminal.await("U+2014, which is no hyphen");
    terminal.await("> ");
    terminal.type("clear" + ENTER);
    terminal.await("> ");
  }

  private void abandonALine() throws Exception {
    terminal.type("cancel #1 --reason oops");
    terminal.await("oops");
    terminal.type(CTRL_C);
    terminal.await("> ");
    terminal.type("audit --kind token-cancelled" + ENTER);
    assertThat(terminal.await("> ")).doesNotContain("TOKEN_CANCELLED");
  }

  private void keepsTheHistoryPrivate() throws Exception {
    Path history = home.resolve("console-history");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllLines(history))
        .contains("complete #1; no-show last")
        .doesNotContain("Guided Person");
  }

  private void run(String command) throws Exception {
    terminal.type(command + ENTER);
    terminal.await("> ");
  }
}
