package opd.cli.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import opd.cli.session.ExitStatus;
import opd.cli.session.ExternalDatabase;
import opd.cli.session.Session;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneKey;
import opd.output.Properties;
import opd.server.Endpoint;
import opd.server.Login;
import opd.server.Status;
import opd.service.Desk;
import opd.store.schema.FacilitySetup;
import opd.store.schema.Migrations;
import opd.store.schema.Schema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The commands on the database.
public final class DbCommands {
  private DbCommands() {}

  @Command(
      name = "db",
      description = "The database: the hospital's, or the local one that this program manages.",
      footer = {"", "Example:", "  opd db status"})
  public static final class Group {}

  @Command(
      name = "migrate",
      description = "Make the facility, or upgrade its schema. Run as the owner of the database.",
      footer = {
        "",
        "Examples:",
        "  opd db migrate",
        "  opd --facility clinic_2 db migrate --region IN --zone Asia/Kolkata"
      })
  public static final class Migrate implements Callable<Integer> {
    private final Session session;

    @Option(
        names = "--region",
        paramLabel = "CC",
        description =
            "The country of phone numbers without a plus sign, fixed when the first slot is opened"
                + " (default: IN).")
    @Nullable String region;

    @Option(
        names = "--zone",
        paramLabel = "Z",
        description =
            "The time zone for people's eyes, fixed when the first slot is opened (default: UTC).")
    @Nullable String zone;

    public Migrate(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      FacilityName facility = session.settings().facilityName();
      Migrations.Done done = session.facilities().migrate(facility, setup());
      FacilitySettings found = session.desk().settings();
      session
          .printer()
          .properties(
              new Properties()
                  .with("facility", facility.value())
                  .with("schema", facility.schema())
                  .with("version", done.version())
                  .with("applied", done.applied())
                  .with("region", found.region())
                  .with("zone", found.zone().getId()));
      return ExitStatus.DONE.code();
    }

    private FacilitySetup setup() {
      FacilitySettings standard = FacilitySettings.standard();
      FacilitySettings wanted =
          FacilitySettings.of(
              region == null ? standard.region() : inCapitals(region),
              zone == null ? standard.zone().getId() : zone,
              standard.clock());
      return new FacilitySetup(
          wanted,
          Optional.ofNullable(region).map(_ -> wanted.region()),
          Optional.ofNullable(zone).map(_ -> wanted.zone()),
          PhoneKey.random(),
          session.settings().actorName());
    }

    /// Letters of other alphabets are left alone: the capital of some is one of ours.
    private static String inCapitals(String code) {
      return code.matches("[A-Za-z]{2}") ? code.toUpperCase(Locale.ROOT) : code;
    }
  }

  @Command(
      name = "status",
      description = "Tell which database is used and in which state it is; starts nothing.",
      footer = {"", "Example:", "  opd db status"})
  public static final class ShowStatus implements Callable<Integer> {
    private final Session session;

    public ShowStatus(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Properties properties = new Properties();
      var external = ExternalDatabase.in(session.settings(), session.settings().facilityName());
      boolean reachable = true;
      if (external.isPresent()) {
        properties.with("database", external.get().place());
      } else {
        Status status = session.server().status();
        reachable = status.state() == Status.State.RUNNING;
        Endpoint endpoint = status.endpoint();
        properties
            .with("database", "managed")
            .with("state", status.state().name())
            .with("home", status.home().toString())
            .with("port", endpoint == null ? null : endpoint.port())
            .with("pid", status.pid())
            .with("server", status.serverVersion());
      }
      properties.with("facility", session.settings().facilityName().value());
      if (reachable) {
        Desk desk = session.desk();
        properties
            .with("schema", desk.facility().schemaVersion())
            .with("program", Schema.VERSION)
            .with("region", desk.settings().region())
            .with("zone", desk.settings().zone().getId());
      }
      session.printer().properties(properties);
      return ExitStatus.DONE.code();
    }
  }

  @Command(
      name = "start",
      description = "Start the managed local PostgreSQL.",
      footer = {"", "Example:", "  opd db start"})
  public static final class Start implements Callable<Integer> {
    private final Session session;

    public Start(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      requireManaged(session);
      Endpoint endpoint = session.server().start(session.settings().budget());
      session
          .printer()
          .properties(new Properties().with("state", "RUNNING").with("port", endpoint.port()));
      return ExitStatus.DONE.code();
    }
  }

  @Command(
      name = "stop",
      description = "Stop the managed local PostgreSQL; what was committed stays.",
      footer = {"", "Example:", "  opd db stop"})
  public static final class Stop implements Callable<Integer> {
    private final Session session;

    public Stop(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      requireManaged(session);
      boolean stopped = session.server().stop(session.settings().budget());
      session
          .printer()
          .properties(new Properties().with("state", "STOPPED").with("wasRunning", stopped));
      return ExitStatus.DONE.code();
    }
  }

  @Command(
      name = "url",
      description = {
        "Print the address of the managed PostgreSQL's administrator, for psql.",
        "It holds the password, which others on this machine can read while it stands in a command line."
      },
      footer = {"", "Example:", "  psql \"$(opd db url)\""})
  public static final class Url implements Callable<Integer> {
    private final Session session;

    public Url(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      requireManaged(session);
      Endpoint endpoint = session.server().start(session.settings().budget());
      Login login = endpoint.administrator();
      String url =
          "postgresql://%s:%s@127.0.0.1:%d/%s"
              .formatted(
                  login.user(),
                  URLEncoder.encode(login.password(), StandardCharsets.UTF_8),
                  endpoint.port(),
                  endpoint.database());
      if (session.settings().isJson()) {
        session.printer().properties(new Properties().with("url", url));
      } else {
        session.surroundings().out().println(url);
        session.surroundings().out().flush();
      }
      return ExitStatus.DONE.code();
    }
  }

  private static void requireManaged(Session session) {
    Optional<String> db = Optional.ofNullable(session.settings().db().value());
    if (db.isPresent()) {
      throw new OpdException(
          ErrorCode.USAGE,
          "the settings name a database, which this program does not manage",
          "see 'opd config' for where --db comes from");
    }
  }
}
