package opd.cli.session;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneKey;
import opd.server.Endpoint;
import opd.server.Login;
import opd.server.ManagedServer;
import opd.server.Status;
import opd.service.FacilityServices;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.DecisionClock;
import opd.store.schema.FacilitySetup;
import opd.store.schema.Migrations;

/// Finds a facility's database, the hospital's or the managed local one, and opens desks there. On
/// the managed server the facility `main` comes into being by itself; every other one only by `db
/// migrate`, so that a slip of the finger is an error and not an empty hospital.
public final class Facilities {
  private static final int SALT_BYTES = 16;

  private final Settings settings;
  private final ManagedServer server;
  private final Connections connections;
  private final Consumer<String> progress;

  /// @param progress told of what is set up
  Facilities(
      Settings settings, ManagedServer server, Connections connections, Consumer<String> progress) {
    this.progress = progress;
    this.settings = settings;
    this.server = server;
    this.connections = connections;
  }

  /// A desk whose connection lasts as long as the connections do.
  FacilityServices open() {
    Optional<DatabaseSettings> external = ExternalDatabase.in(settings, settings.facilityName());
    return external.isPresent()
        ? FacilityServices.open(
            connections.to(external.get(), left -> external.get().url()),
            new DecisionClock.OfDatabase(),
            Facilities::salt)
        : openManaged();
  }

  /// Where migrations are run: with the rights of the configured user, or of the managed server's
  /// administrator.
  public DatabaseSettings administrator(FacilityName facility) {
    return ExternalDatabase.in(settings, facility)
        .orElseGet(() -> {
          Endpoint endpoint = start();
          return managed(endpoint, endpoint.administrator(), facility);
        });
  }

  /// Makes or upgrades a facility, and on the managed server lets the desk's login in.
  public Migrations.Done migrate(FacilityName facility, FacilitySetup setup) {
    return migrate(facility, migrations -> migrations.migrate(setup));
  }

  /// Makes a facility's tables for rows that come from a backup.
  public void makeTables(FacilityName facility, ZoneId zone) {
    migrate(facility, migrations -> migrations.makeTables(zone));
  }

  private Migrations.Done migrate(
      FacilityName facility, Function<Migrations, Migrations.Done> step) {
    Optional<DatabaseSettings> external = ExternalDatabase.in(settings, facility);
    if (external.isPresent()) {
      return step.apply(new Migrations(external.get()));
    }
    Endpoint endpoint = start();
    Migrations migrations = new Migrations(managed(endpoint, endpoint.administrator(), facility));
    Login desk = endpoint.desk();
    return onOwnServer(() -> {
      Migrations.Done done = step.apply(migrations);
      migrations.admitDesk(desk.user(), desk.password());
      return done;
    });
  }

  /// The administrator's password is the program's own: nobody can set another.
  private <T> T onOwnServer(Supplier<T> work) {
    try {
      return work.get();
    } catch (OpdException e) {
      throw Migrations.isLoginRefused(e) ? server.foreignPasswords(e) : e;
    }
  }

  /// Where a simulation's desks work: beside the server, whatever pooler serves the hospital's.
  public DatabaseSettings desk(FacilityName facility) {
    return ExternalDatabase.in(settings, facility)
        .map(DatabaseSettings::directly)
        .orElseGet(() -> {
          Endpoint endpoint = start();
          return managed(endpoint, endpoint.desk(), facility);
        });
  }

  private FacilityServices openManaged() {
    FacilityName facility = settings.facilityName();
    long start = System.nanoTime();
    Optional<Endpoint> running = server.running();
    // Setting the server up happens once, and does not count as the command's own time.
    boolean isNew = running.isEmpty() && server.status().state() == Status.State.NOT_SET_UP;
    Endpoint endpoint = running.orElseGet(this::start);
    DatabaseSettings place = managed(endpoint, endpoint.desk(), facility);
    Duration spent = isNew ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start);
    try {
      return openManaged(place, spent);
    } catch (OpdException e) {
      switch (e.code()) {
        // On the very first use the desk's login does not exist yet, so access is denied, too.
        case FACILITY_NOT_FOUND, SCHEMA_TOO_OLD, ACCESS_DENIED -> prepare(facility);
        default -> throw e;
      }
      return openManaged(place, Duration.ZERO);
    }
  }

  /// A command may be caught by a crash of the server: then it starts it again, as the next would.
  ///
  /// @param spent what the command has taken already
  private FacilityServices openManaged(DatabaseSettings place, Duration spent) {
    return FacilityServices.open(
        connections.to(place, left -> url(server.running().orElseGet(() -> server.start(left)))),
        new DecisionClock.OfDatabase(),
        Facilities::salt,
        spent);
  }

  /// Makes `main`, upgrades any facility.
  private void prepare(FacilityName facility) {
    boolean mayBeMade = facility.equals(FacilityName.MAIN);
    Migrations migrations = new Migrations(administrator(facility));
    if (!mayBeMade && !onOwnServer(migrations::exists)) {
      throw Migrations.notFound(facility);
    }
    FacilitySettings standard = FacilitySettings.standard(ZoneId.systemDefault());
    Migrations.Done done =
        migrate(facility, FacilitySetup.of(standard, PhoneKey.random(), settings.actorName()));
    if (done.isNew()) {
      progress.accept(
          "Facility %s: zone %s, this machine's, region %s; before the first slot is opened,"
                  .formatted(facility, standard.zone().getId(), standard.region())
              + " 'opd db migrate --zone Z --region CC' changes them");
    }
  }

  private Endpoint start() {
    return server.start(settings.budget());
  }

  private DatabaseSettings managed(Endpoint endpoint, Login login, FacilityName facility) {
    return new DatabaseSettings(
        url(endpoint), login.user(), login.password(), facility, settings.budget());
  }

  private static String url(Endpoint endpoint) {
    return "jdbc:postgresql://127.0.0.1:"
        + endpoint.port()
        + "/"
        + endpoint.database()
        // The server has no certificate: asking for one would only take a round trip.
        + "?sslmode=disable";
  }

  private static byte[] salt() {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return salt;
  }
}
