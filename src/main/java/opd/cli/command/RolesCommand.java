package opd.cli.command;

import java.util.EnumMap;
import java.util.Map;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.PlainText;
import opd.output.Properties;
import opd.store.schema.Roles;
import picocli.CommandLine;

/// Sets up the facility's roles in the database.
final class RolesCommand {
  private final CommandContext context;
  private final Given<Boolean> replacePasswords =
      Given.flag(
          "--replace-passwords",
          "Set the passwords even if another database of the server uses the roles.");

  RolesCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "roles",
            "Set up the facility's roles in the database, each with no more rights than its work"
                + " takes. Run as the server's administrator; repeated, it takes back what was"
                + " granted by hand.",
            "opd_NAME_owner owns the schema and upgrades it (db migrate). opd_NAME_desk does a desk's"
                + " work and can break no rule. opd_NAME_room is for a consulting room: it calls patients"
                + " in, ends their turns, and reads no phone number. opd_NAME_auditor reads the log,"
                + " slots and tokens, and no patient.",
            "A role logs in itself once it has a password, which is taken from OPD_OWNER_PASSWORD,"
                + " OPD_DESK_PASSWORD, OPD_ROOM_PASSWORD or OPD_AUDITOR_PASSWORD. Or make people's"
                + " logins its members.",
            "Roles belong to the whole server: where another of its databases has a facility of this"
                + " name, they are the same, and so are their passwords.")
        .examples("opd db roles", "opd --facility clinic_2 db roles -o json")
        .takes(replacePasswords)
        .does(this::setUp);
  }

  private int setUp() {
    FacilityName facility = context.settings().facilityName();
    // Opened to fail where there is no facility, or one of another version than the program's.
    context.desk();
    Roles roles = new Roles(context.facilities().administrator(facility));
    Roles.Done done = roles.setUp(passwords(), replacePasswords.isGiven());
    done.otherDatabases().forEach(this::warn);
    context.printer().records(done.roles().stream().map(RolesCommand::shown).toList());
    return ExitStatus.DONE.code();
  }

  private void warn(String database) {
    context.progress(
        "warning: these are also the roles of the database %s on this server: their members work in both"
            .formatted(PlainText.quote(database)));
  }

  private Map<FacilityRole, String> passwords() {
    Map<FacilityRole, String> passwords = new EnumMap<>(FacilityRole.class);
    for (FacilityRole role : FacilityRole.values()) {
      context
          .settings()
          .fromEnvironment("OPD_" + role.name() + "_PASSWORD")
          .ifPresent(password -> passwords.put(role, password));
    }
    return passwords;
  }

  private static Properties shown(Roles.Found role) {
    return new Properties()
        .with("role", role.name())
        .with("login", role.mayLogIn())
        .with("members", role.members())
        .with("may", may(role.role()));
  }

  private static String may(FacilityRole role) {
    return switch (role) {
      case OWNER -> "upgrade the schema";
      case DESK -> "work at the desk";
      case ROOM -> "call patients in, end their turns, read no phone number";
      case AUDITOR -> "read the log, no patient";
    };
  }
}
