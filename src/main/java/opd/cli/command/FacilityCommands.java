package opd.cli.command;

import java.time.ZoneId;
import java.util.List;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.PhoneKey;
import opd.output.Properties;
import opd.store.connection.DatabaseSettings;
import opd.store.schema.FacilitySetup;
import opd.store.schema.Removal;
import picocli.CommandLine;

/// The commands on a facility as a whole: where it lies, its name, its end.
final class FacilityCommands {
  private FacilityCommands() {}

  static CommandLine where(CommandContext context) {
    Given<String> facility = Given.argument("FACILITY", "Its name.");
    return Description.of(
            "where",
            "Tell in which database a facility is looked for, and who says so.",
            "Only the settings are asked: whether it is there, its 'opd db status' tells.",
            "With several servers, /etc/opd/facilities (or ~/.config/opd/facilities) has a line for"
                + " each facility: its name and the URL of its database, without a password. Every"
                + " command obeys it, unless --db or OPD_DB_URL names another.")
        .examples("opd db where clinic_2")
        .takes(facility)
        .does(() -> {
          FacilityName name = new FacilityName(facility.get());
          var place = context.settings().placeOf(name);
          context
              .printer()
              .properties(
                  new Properties()
                      .with("facility", name.value())
                      .with("database", place.value() == null ? "managed" : place.value())
                      .with("origin", place.origin()));
          return ExitStatus.DONE.code();
        });
  }

  static CommandLine drop(CommandContext context) {
    Given<String> facility = Given.argument("FACILITY", "The one to throw away.");
    Given<String> confirm =
        Given.value("--confirm", "FACILITY", "Its name once more, where nobody can be asked.");
    return Description.of(
            "drop",
            "Throw a facility away, with its patients, its log and its roles. This cannot be taken"
                + " back: make a backup first. Asks for the name.",
            "Run as the facility's owner or the server's administrator. A role that another database"
                + " of the server uses as well, or that the login may not drop, stays, and is named.")
        .examples("opd db drop training_2", "opd db drop training_2 --confirm training_2")
        .takes(facility, confirm)
        .does(() -> {
          FacilityName name = new FacilityName(facility.get());
          String again =
              confirm
                  .optional()
                  .orElseGet(() ->
                      context.ask("Type the facility's name to throw it away: ", "--confirm"));
          if (!again.equals(name.value())) {
            throw CommandContext.usage("nothing happened: that is not " + name);
          }
          try (ConsoleState own = ConsoleState.ofOneCommand()) {
            List<String> kept = new Removal(administrator(context.forFacility(name, own))).drop();
            context
                .printer()
                .properties(
                    new Properties()
                        .with("facility", name.value())
                        .with("outcome", "DROPPED")
                        .with("rolesKept", kept));
          }
          return ExitStatus.DONE.code();
        });
  }

  private static DatabaseSettings administrator(CommandContext context) {
    return context.facilities().administrator(context.settings().facilityName());
  }

  static CommandLine rename(CommandContext context) {
    Given<String> to = Given.required("--to", "NAME", "The new name.");
    Given<String> facility = Given.argument("FACILITY", "The name that it has.");
    return Description.of(
            "rename",
            "Give a facility and its roles another name. Its labels and its log stay as they are.",
            "Run as the server's administrator. Whoever works under the old name is told that there"
                + " is no such facility.")
        .examples("opd db rename clinic_2 --to eye_clinic")
        .takes(facility, to)
        .does(() -> {
          FacilityName name = new FacilityName(to.get());
          try (ConsoleState own = ConsoleState.ofOneCommand()) {
            new Removal(administrator(context.forFacility(new FacilityName(facility.get()), own)))
                .rename(name);
          }
          try (ConsoleState own = ConsoleState.ofOneCommand()) {
            CommandContext renamed = context.forFacility(name, own);
            renamed
                .facilities()
                .migrate(
                    name,
                    FacilitySetup.of(
                        FacilitySettings.standard(ZoneId.systemDefault()),
                        PhoneKey.random(),
                        context.settings().actorName()));
          }
          context
              .printer()
              .properties(
                  new Properties().with("facility", name.value()).with("outcome", "RENAMED"));
          return ExitStatus.DONE.code();
        });
  }
}
