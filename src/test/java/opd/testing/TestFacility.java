package opd.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.PhoneKey;
import opd.domain.RequestId;
import opd.service.FacilityServices;
import opd.service.Request;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.DecisionClock;
import opd.store.connection.FacilityConnection;
import opd.store.schema.FacilitySetup;
import opd.store.schema.Migrations;
import org.jspecify.annotations.Nullable;

/// A facility of a test's own on the [TestServer], dropped when it is closed. Desks work under the
/// application's role, as in a hospital.
public final class TestFacility implements AutoCloseable {
  // Who sets a day's facility up, too.
  private static final Actor ACTOR = new Actor("simulation");
  // The same everywhere, so that the same requests have the same digests.
  private static final PhoneKey PHONE_KEY = new PhoneKey(new byte[PhoneKey.BYTES]);

  private final FacilityName name;
  private final TestServer server = TestServer.get();
  private final AtomicLong requests = new AtomicLong();
  private final boolean isLent;
  // Also of those to whom it is lent.
  private final AtomicBoolean isSpoilt;
  private SpareFacilities.@Nullable Spare spare;

  private TestFacility(FacilityName name) {
    this(name, false, new AtomicBoolean());
  }

  private TestFacility(FacilityName name, boolean isLent, AtomicBoolean isSpoilt) {
    this.name = name;
    this.isLent = isLent;
    this.isSpoilt = isSpoilt;
  }

  /// One as new, which others may have had before, for those who leave nobody at work in it.
  public static TestFacility borrow(ClockSource clock, ZoneId zone) {
    Optional<SpareFacilities> spares = TestServer.get().spares();
    if (spares.isEmpty()) {
      return create(clock, zone);
    }
    Optional<SpareFacilities.Spare> found = spares.get().take(clock, zone);
    TestFacility facility =
        found.map(spare -> new TestFacility(spare.name())).orElseGet(() -> create(clock, zone));
    facility.spare = found.orElseGet(() -> SpareFacilities.note(facility, clock, zone));
    return facility;
  }

  /// The same in UTC.
  public static TestFacility borrow(ClockSource clock) {
    return borrow(clock, ZoneId.of("UTC"));
  }

  /// Nobody gets it afterwards: somebody may still be at work in it then, such as the server for a
  /// process that was killed.
  public void spoil() {
    isSpoilt.set(true);
  }

  /// A facility with the database's clock.
  public static TestFacility create() {
    return create(ClockSource.DATABASE);
  }

  public static TestFacility create(ClockSource clock) {
    return create(clock, ZoneId.of("UTC"));
  }

  /// @param zone for people's eyes
  public static TestFacility create(ClockSource clock, ZoneId zone) {
    TestFacility facility = new TestFacility(newName());
    QuickFacility.make(facility.name, setup(clock, zone));
    return facility;
  }

  /// One that the program itself makes, as `opd db migrate` does.
  public static TestFacility migrated(ClockSource clock, ZoneId zone) {
    TestFacility facility = new TestFacility(newName());
    Migrations migrations = new Migrations(facility.server.builder(facility.name));
    migrations.migrate(setup(clock, zone));
    migrations.admitDesk(facility.deskSettings().user(), facility.deskSettings().password());
    return facility;
  }

  /// The same for somebody who does not drop it.
  TestFacility lent() {
    return new TestFacility(name, true, isSpoilt);
  }

  static FacilitySetup setup(ClockSource clock, ZoneId zone) {
    return FacilitySetup.of(new FacilitySettings("IN", zone, clock), PHONE_KEY, ACTOR);
  }

  private static FacilityName newName() {
    return new FacilityName(
        "t%d_%s"
            .formatted(
                ProcessHandle.current().pid(),
                // Not counted: mutants load this class anew, in class loaders of their own.
                Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36)));
  }

  public FacilityName name() {
    return name;
  }

  public DatabaseSettings administrator() {
    return server.administrator(name);
  }

  public DatabaseSettings deskSettings() {
    return server.desk(name);
  }

  /// Of a desk that waits for others as long as it takes.
  public DatabaseSettings patientDeskSettings() {
    return server.patientDesk(name);
  }

  /// A desk with a connection of its own, by the database's clock.
  public FacilityServices desk() {
    return desk(new DecisionClock.OfDatabase());
  }

  /// A desk by a logical clock that stands still.
  public FacilityServices deskAt(Instant time) {
    return desk(new DecisionClock.Logical(() -> time));
  }

  public FacilityServices desk(DecisionClock clock) {
    return FacilityServices.open(new FacilityConnection(deskSettings()), clock, () -> new byte[16]);
  }

  /// A new request by the actor "test".
  public Request request() {
    return new Request(new Actor("test"), new RequestId("test-" + requests.incrementAndGet()));
  }

  /// A plain connection under the application's role, auto-committing, in a session time zone that
  /// is not UTC.
  public Connection connectAsDesk() throws SQLException {
    return connect(deskSettings());
  }

  /// A plain connection as the server's superuser.
  public Connection connectAsSuperuser() throws SQLException {
    return connect(administrator());
  }

  private static Connection connect(DatabaseSettings settings) throws SQLException {
    Connection connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    try (var statement = connection.createStatement()) {
      statement.execute(
          "set search_path = %s, public; set timezone = 'Asia/Kolkata'"
              .formatted(settings.facility().schema()));
    }
    return connection;
  }

  @Override
  public void close() {
    if (isLent) {
      return;
    }
    if (spare == null || isSpoilt.get()) {
      QuickFacility.drop(name);
    } else {
      server.spares().orElseThrow().giveBack(spare, this);
    }
  }
}
