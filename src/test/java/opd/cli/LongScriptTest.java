package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import opd.cli.console.CommandLines;
import opd.cli.session.ExitStatus;
import opd.testing.Extent;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A console is only quicker: a long script prints the same and leaves the same behind, to the
/// letter, as when the program is started anew for each of its commands, or for every few. At
/// length there are 5,000 commands, and the program is started anew for each.
@Tag("integration")
@Order(7)
final class LongScriptTest {
  private static final int COMMANDS = Extent.of(500, 5_000);
  private static final int EACH_ON_ITS_OWN = Extent.of(100, 5_000);
  private static final int MOST_AT_ONCE = 30;
  private static final long SEED = 20_300_107;
  private static final int SLOTS = 12;
  private static final int PATIENTS = 400;
  private static final List<String> PRIORITIES = List.of("emergency", "paid", "follow-up");

  private final Random random = new Random(SEED);

  @Test
  void aScriptGivesTheSameTablesAsTheSameCommandsEachOnItsOwn() {
    List<String> script = script();
    try (CommandLineFixture piped = new CommandLineFixture();
        CommandLineFixture single = new CommandLineFixture()) {
      CommandLineFixture.Result whole = piped.script(String.join("\n", script));

      StringBuilder out = new StringBuilder();
      StringBuilder err = new StringBuilder();
      ExitStatus worst = ExitStatus.DONE;
      for (int next = 0; next < script.size(); ) {
        int end = next < EACH_ON_ITS_OWN ? next + 1 : next + 1 + random.nextInt(MOST_AT_ONCE);
        var result = run(single, script.subList(next, Math.min(end, script.size())));
        out.append(result.out());
        err.append(result.err());
        worst = worst.worse(ExitStatus.of(result.exit()));
        next = end;
      }

      assertThat(whole.out().lines())
          .as("seed " + SEED)
          .containsExactlyElementsOf(out.toString().lines().toList());
      assertThat(whole.err().lines()).containsExactlyElementsOf(err.toString().lines().toList());
      assertThat(whole.exit()).isEqualTo(worst.code());
      assertThat(out.toString().lines())
          .anyMatch(line -> line.startsWith("ADMITTED"))
          .anyMatch(line -> line.startsWith("DISPLACED"))
          .anyMatch(line -> line.startsWith("REFUSED SLOT_FULL"))
          .anyMatch(line -> line.startsWith("REFUSED TOKEN_NOT_ACTIVE"));
      assertThat(piped.run("audit", "verify").exit()).isZero();
    }
  }

  /// One command as the program's own arguments, several as another console's script.
  private static CommandLineFixture.Result run(CommandLineFixture desk, List<String> commands) {
    return commands.size() > 1
        ? desk.script(String.join("\n", commands))
        : desk.run(CommandLines.of(commands.getFirst(), false).getFirst().toArray(String[]::new));
  }

  private List<String> script() {
    List<String> script = new ArrayList<>();
    script.add("doctor add RAO --name 'Dr. Rao' --request-id doctor");
    script.add(
        "slot open --doctor RAO --start 2030-01-07T08:00Z --minutes 60 --every 60"
            + " --until 2030-01-07T%02d:00Z --capacity 12 --request-id open".formatted(8 + SLOTS));
    while (script.size() < COMMANDS - 1) {
      script.add(command(script.size()));
    }
    script.add("queue --date 2030-01-07 --all");
    return script;
  }

  private String command(int number) {
    String id = " --request-id r" + number;
    return switch (random.nextInt(20)) {
      case 0 -> "cancel " + token() + " --reason 'feels better'" + id;
      case 1 -> "no-show " + token() + id;
      case 2, 3, 4 -> "complete " + token() + id;
      case 5, 6 -> "reallocate " + token() + id;
      case 7 -> "queue " + slot();
      case 8 -> "slot list --date 2030-01-07";
      case 9 -> "slot delay " + slot() + " --minutes " + random.nextInt(30) + id;
      case 10 -> "patient show " + phone();
      case 11 -> "allocate --slot " + slot() + " --phone " + phone() + " --priority payed";
      default ->
          "allocate --slot %s --phone %s --name 'Patient' --priority %s --source walk-in%s"
              .formatted(slot(), phone(), PRIORITIES.get(random.nextInt(3)), id);
    };
  }

  private String slot() {
    return "RAO-20300107-%02d00".formatted(8 + random.nextInt(SLOTS));
  }

  private String token() {
    return slot() + "-%02d".formatted(1 + random.nextInt(60));
  }

  private String phone() {
    return "98765%05d".formatted(random.nextInt(PATIENTS));
  }
}
