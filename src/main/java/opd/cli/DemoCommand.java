package opd.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import opd.cli.command.DemoFacility;
import opd.cli.console.CommandLines;
import opd.cli.console.ScriptReader;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.cli.session.Surroundings;
import opd.domain.FacilityName;
import opd.output.Properties;
import opd.output.StandardOutput;
import opd.output.text.ZoneText;
import opd.store.connection.FacilityConnection;
import picocli.CommandLine;

/// Makes a facility in the middle of a day, to play with.
final class DemoCommand {
  /// The hour that it is there, whenever somebody plays with it.
  private static final int HOUR = 11;

  private final CommandContext context;
  private final Given<Boolean> remove =
      Given.flag("--remove", "Take the facility away again, with all that was tried in it.");

  DemoCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "demo",
            "Make a facility 'demo' in the middle of a day, to play with.",
            "It holds three doctors, a session that is full, a patient who lost the place to an"
                + " emergency, and a doctor who is late. Nothing else is touched. Its zone is chosen"
                + " so that it is between eleven and twelve there.")
        .examples("opd demo", "opd --facility demo queue RAO-1200", "opd demo --remove")
        .takes(remove)
        .does(() -> remove.isGiven() ? remove() : make());
  }

  private int remove() {
    new DemoFacility(context).remove();
    if (context.settings().isJson()) {
      context
          .printer()
          .properties(
              new Properties()
                  .with("facility", DemoFacility.NAME.value())
                  .with("outcome", "DROPPED"));
    } else {
      context.progress("The facility demo is gone.");
    }
    return ExitStatus.DONE.code();
  }

  private int make() {
    Instant now = Instant.now();
    ZoneId zone = zone(now);
    new DemoFacility(context).make(zone);
    fill(context, DemoFacility.NAME, zone);
    LocalTime time = now.atZone(zone).toLocalTime().truncatedTo(ChronoUnit.MINUTES);
    if (context.settings().isJson()) {
      context
          .printer()
          .properties(
              new Properties()
                  .with("facility", DemoFacility.NAME.value())
                  .with("zone", zone.getId())
                  .with("time", time.toString()));
    } else {
      context.surroundings().out().print(whatToTry(time, new ZoneText(zone).name(now)));
    }
    return ExitStatus.DONE.code();
  }

  private static String whatToTry(LocalTime time, String zone) {
    return """
    The facility demo is there to play with. It is %s in it (%s), so that
    it is the middle of a day at whatever hour you try it.

      opd --facility demo slot list                its free places; SEN is late
      opd --facility demo queue RAO-1200           a session that is full
      opd --facility demo reallocate RAO-1200-03   lost the place, is owed another
      opd --facility demo console                  a desk of your own
      opd demo --remove                            takes it away again
    """
        .formatted(time, zone);
  }

  /// The zone, whole hours from UTC, in which it is between eleven and twelve. The names of these
  /// zones count westwards.
  static ZoneId zone(Instant now) {
    int hours = HOUR - now.atOffset(ZoneOffset.UTC).getHour();
    return ZoneId.of(hours == 0 ? "UTC" : String.format(Locale.ROOT, "Etc/GMT%+d", -hours));
  }

  /// Plays the day's beginning in the facility.
  static void fill(CommandContext context, FacilityName facility, ZoneId zone) {
    StringWriter printed = new StringWriter();
    Surroundings unseen =
        new Surroundings(
            context.surroundings().variables(),
            null,
            new StandardOutput(new StringWriter()),
            new PrintWriter(printed),
            false,
            0,
            0);
    List<String> options =
        List.of(
            "--facility", facility.value(),
            "--zone", zone.getId(),
            "--actor", DemoFacility.ACTOR.name(),
            "--output", "table");
    try (ConsoleState desk = ConsoleState.ofConsole(context.options(), FacilityConnection.SILENT)) {
      for (List<String> command : commands()) {
        List<String> words = new ArrayList<>(options);
        words.addAll(command);
        int exit = Program.run(new CommandContext(unseen, desk), words.toArray(String[]::new));
        if (exit != ExitStatus.DONE.code()) {
          throw new IllegalStateException(String.join(" ", command) + ": " + printed);
        }
      }
    }
  }

  private static List<List<String>> commands() {
    return ScriptReader.lines(Texts.read("demo.opd")).stream()
        .flatMap(line -> CommandLines.of(line, false).stream())
        .toList();
  }
}
